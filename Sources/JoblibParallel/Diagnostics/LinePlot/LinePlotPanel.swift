/// Draws one plot: its axes, its series, its legend.
struct LinePlotPanel {
    static let width = 640.0
    static let height = 420.0

    let plot: LinePlot
    private let xAxis: PlotAxis
    private let yAxis: PlotAxis
    private let title: [String]
    let left: Double
    let right = width - 28
    let top: Double
    let bottom = height - 58

    init(_ plot: LinePlot) {
        self.plot = plot
        let points = plot.series.flatMap(\.points).filter { $0.x.isFinite && $0.y.isFinite }
        xAxis = Self.axis(points.map(\.x), ticks: 8)
        let yAxis = Self.axis(points.map(\.y), ticks: 6)
        self.yAxis = yAxis
        title = SVGTheme.lines(of: plot.title, size: 15, width: Self.width - 48)
        top = 34 + Double(max(1, title.count)) * 20
        let widest = yAxis.ticks.map { SVGTheme.width(of: yAxis.label($0), size: 12) }.max() ?? 0
        left = max(60, widest + (plot.yLabel.isEmpty ? 24 : 48))
    }

    /// From 0 where the numbers are not far above it: lengths can then be compared by eye.
    private static func axis(_ values: [Double], ticks: Int) -> PlotAxis {
        guard let least = values.min(), let greatest = values.max() else {
            return PlotAxis(from: 0, to: 1, ticks: ticks, rounded: true)
        }
        let begin = least > 0 && least <= 0.5 * greatest ? 0 : least
        return PlotAxis(from: begin, to: greatest, ticks: ticks, rounded: true)
    }

    func draw(into document: inout SVGDocument) {
        for (index, line) in title.enumerated() {
            document.text(line, x: 24, y: 30 + Double(index) * 20, class: "heading")
        }
        axes(&document)
        for (index, series) in plot.series.enumerated() { draw(series, look(index), &document) }
        legend(&document)
    }

    private func axes(_ document: inout SVGDocument) {
        for tick in yAxis.ticks {
            let y = self.y(tick)
            document.line(x1: left, y1: y, x2: right, y2: y, class: "grid")
            document.text(yAxis.label(tick), x: left - 8, y: y + 4, class: "soft", anchor: .end)
        }
        for tick in xAxis.ticks {
            let x = self.x(tick)
            document.line(x1: x, y1: bottom, x2: x, y2: bottom + 5, class: "axis")
            document.text(xAxis.label(tick), x: x, y: bottom + 20, class: "soft", anchor: .middle)
        }
        document.line(x1: left, y1: bottom, x2: right, y2: bottom, class: "axis")
        let middle = (top + bottom) / 2
        document.text(plot.xLabel, x: (left + right) / 2, y: bottom + 42, anchor: .middle)
        if !plot.yLabel.isEmpty { document.text(plot.yLabel, x: 24, y: middle, anchor: .middle, rotated: -90) }
    }

    func x(_ value: Double) -> Double { left + xAxis.position(of: value) * (right - left) }
    func y(_ value: Double) -> Double { bottom - yAxis.position(of: value) * (bottom - top) }

    func look(_ index: Int) -> Look { Look(plot.series[index], after: plot.series[..<index]) }

    private func draw(_ series: LinePlot.Series, _ look: Look, _ document: inout SVGDocument) {
        let placed = series.points.map { point in
            point.x.isFinite && point.y.isFinite ? LinePlot.Point(x: x(point.x), y: y(point.y)) : nil
        }
        if series.style != .markers {
            Self.draw(line: Self.line(placed), of: series, look, &document)
        }
        guard series.style == .markers || series.style == .lineAndMarkers else { return }
        // Markers that cover one another hide the line they stand on.
        guard series.style == .markers || placed.count <= 100 else { return }
        document.group(class: look.markerClass, style: look.markerStyle) { document in
            for (point, value) in zip(placed, series.points) {
                guard let point else { continue }
                let numbers = "\(HumanText.number(value.x)), \(HumanText.number(value.y))"
                let title = series.name.isEmpty ? numbers : "\(series.name): \(numbers)"
                document.path(Self.marker(look.marker, at: point), title: title)
            }
        }
    }

    static func draw(line: String, of series: LinePlot.Series, _ look: Look, _ document: inout SVGDocument) {
        if series.style == .reference {
            document.path(line, class: "reference")
        } else {
            document.path(line, class: look.lineClass, style: look.lineStyle)
        }
    }

    /// A line through the points; one that is missing interrupts it.
    static func line(_ points: [LinePlot.Point?]) -> String {
        var data = ""
        var isDown = false
        for point in points {
            guard let point else {
                isDown = false
                continue
            }
            data += "\(isDown ? "L" : "M")\(SVGDocument.number(point.x)) \(SVGDocument.number(point.y))"
            isDown = true
        }
        return data
    }

    /// One of four forms.
    static func marker(_ form: Int, at point: LinePlot.Point) -> String {
        let start = "M\(SVGDocument.number(point.x)) \(SVGDocument.number(point.y))"
        switch form % 4 {
        case 0: return start + "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z"
        case 1: return start + "m-3.6 -3.6h7.2v7.2h-7.2z"
        case 2: return start + "m0 -4.8l4.6 8h-9.2z"
        default: return start + "m0 -5l5 5l-5 5l-5 -5z"
        }
    }
}
