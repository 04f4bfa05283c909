/// Draws one plot: its axes, its series, its legend.
struct LinePlotPanel {
    static let width = 640.0
    static let height = 420.0
    private static let legendLeading = 20.0

    private let plot: LinePlot
    private let xAxis: PlotAxis
    private let yAxis: PlotAxis
    private let title: [String]
    private let left: Double
    private let right = width - 28
    private let top: Double
    private let bottom = height - 58

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
        for (index, series) in plot.series.enumerated() { draw(series, colour(index), &document) }
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

    private func x(_ value: Double) -> Double { left + xAxis.position(of: value) * (right - left) }
    private func y(_ value: Double) -> Double { bottom - yAxis.position(of: value) * (bottom - top) }

    /// Reference lines are grey and take no colour from the others.
    private func colour(_ index: Int) -> Int {
        plot.series[..<index].count { $0.style != .reference } % Self.colours
    }

    private func draw(_ series: LinePlot.Series, _ colour: Int, _ document: inout SVGDocument) {
        let placed = series.points.map { point in
            point.x.isFinite && point.y.isFinite ? LinePlot.Point(x: x(point.x), y: y(point.y)) : nil
        }
        if series.style != .markers {
            let name = series.style == .reference ? "reference" : "line c\(colour)"
            document.path(Self.line(placed), class: name)
        }
        guard series.style == .markers || series.style == .lineAndMarkers else { return }
        // Markers that cover one another hide the line they stand on.
        guard series.style == .markers || placed.count <= 100 else { return }
        document.group(class: "marker m\(colour)") { document in
            for (point, value) in zip(placed, series.points) {
                guard let point else { continue }
                let numbers = "\(HumanText.number(value.x)), \(HumanText.number(value.y))"
                let title = series.name.isEmpty ? numbers : "\(series.name): \(numbers)"
                document.path(Self.marker(colour, at: point), title: title)
            }
        }
    }

    /// A line through the points; one that is missing interrupts it.
    private static func line(_ points: [LinePlot.Point?]) -> String {
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

    /// A different shape for each colour, for those who cannot tell the colours apart.
    private static func marker(_ colour: Int, at point: LinePlot.Point) -> String {
        let start = "M\(SVGDocument.number(point.x)) \(SVGDocument.number(point.y))"
        switch colour % 4 {
        case 0: return start + "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z"
        case 1: return start + "m-3.6 -3.6h7.2v7.2h-7.2z"
        case 2: return start + "m0 -4.8l4.6 8h-9.2z"
        default: return start + "m0 -5l5 5l-5 5l-5 -5z"
        }
    }

    private func legend(_ document: inout SVGDocument) {
        let entries = plot.series.enumerated().filter { !$0.element.name.isEmpty }
        guard !entries.isEmpty else { return }
        let widest = entries.map { SVGTheme.width(of: $0.element.name, size: 12) }.max() ?? 0
        let width = widest + 52
        let height = Double(entries.count) * Self.legendLeading + 10
        let corner = emptiestCorner(width: width, height: height)
        document.rectangle(x: corner.x, y: corner.y, width: width, height: height, class: "legend", radius: 4)
        for (row, entry) in entries.enumerated() {
            let y = corner.y + 15 + Double(row) * Self.legendLeading
            let sample = [LinePlot.Point(x: corner.x + 8, y: y), LinePlot.Point(x: corner.x + 36, y: y)]
            let colour = colour(entry.offset)
            switch entry.element.style {
            case .reference: document.path(Self.line(sample), class: "reference")
            case .markers: break
            case .line, .lineAndMarkers: document.path(Self.line(sample), class: "line c\(colour)")
            }
            if entry.element.style == .markers || entry.element.style == .lineAndMarkers {
                let middle = LinePlot.Point(x: corner.x + 22, y: y)
                document.path(Self.marker(colour, at: middle), class: "marker m\(colour)")
            }
            document.text(entry.element.name, x: corner.x + 44, y: y + 4)
        }
    }

    /// The corner whose legend would cover least of the lines.
    private func emptiestCorner(width: Double, height: Double) -> LinePlot.Point {
        let inset = 8.0
        let corners = [
            LinePlot.Point(x: left + inset, y: top + inset),
            LinePlot.Point(x: right - inset - width, y: top + inset),
            LinePlot.Point(x: right - inset - width, y: bottom - inset - height),
            LinePlot.Point(x: left + inset, y: bottom - inset - height),
        ]
        var samples: [LinePlot.Point] = []
        for series in plot.series {
            let points = series.points.filter { $0.x.isFinite && $0.y.isFinite }
                .map { LinePlot.Point(x: x($0.x), y: y($0.y)) }
            samples += points
            guard series.style != .markers else { continue }
            for (from, to) in zip(points, points.dropFirst()) {
                for part in 1..<8 {
                    let share = Double(part) / 8
                    samples.append(
                        LinePlot.Point(x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share)
                    )
                }
            }
        }
        func covered(_ corner: LinePlot.Point) -> Int {
            samples.count { point in
                point.x >= corner.x - 6 && point.x <= corner.x + width + 6
                    && point.y >= corner.y - 6 && point.y <= corner.y + height + 6
            }
        }
        return corners.min { covered($0) < covered($1) } ?? corners[0]
    }
}
