internal import Joblib
internal import JoblibParallel

/// How often the numbers of an array occur, as bars.
struct HistogramPicture {
    private static let width = 760.0
    private static let height = 460.0

    private let plot: ArrayPlot
    private let range: ClosedRange<Double>
    private let counts: [Int]
    private let yAxis: PlotAxis
    private let xAxis: PlotAxis
    private let left: Double
    private let right = width - 32
    private let top: Double
    private let bottom = height - 64

    init(_ plot: ArrayPlot, _ range: ClosedRange<Double>, _ counts: [Int]) {
        (self.plot, self.range, self.counts) = (plot, range, counts)
        let most = Double(counts.max() ?? 0)
        // Of one or two there is no half.
        let yAxis = PlotAxis(from: 0, to: max(most, 1), ticks: most < 6 ? max(Int(most), 1) : 6, rounded: true)
        self.yAxis = yAxis
        xAxis = PlotAxis(from: range.lowerBound, to: range.upperBound, ticks: 8)
        let widest = yAxis.ticks.map { SVGTheme.width(of: yAxis.label($0), size: 12) }.max() ?? 0
        left = max(64, widest + 52)
        top = 67 + Double(plot.notes(width: Self.width).count) * 19
    }

    var svg: String {
        var document = SVGDocument(width: Self.width, height: Self.height)
        document.style = """
            .joblib .bar{fill:#3f78b5}.joblib .bar:hover{fill:#d0532b}\
            @media(prefers-color-scheme:dark){.joblib .bar{fill:#5f9bdc}.joblib .bar:hover{fill:#ee7a52}}
            """
        document.text(plot.title, x: 24, y: 34, class: "title")
        for (index, line) in plot.notes(width: Self.width).enumerated() {
            document.text(line, x: 24, y: 58 + Double(index) * 19, class: "note soft")
        }
        axes(&document)
        bars(&document)
        document.line(x1: left, y1: bottom, x2: right, y2: bottom, class: "axis")
        return document.text
    }

    private func axes(_ document: inout SVGDocument) {
        for tick in yAxis.ticks {
            let y = bottom - yAxis.position(of: tick) * (bottom - top)
            document.line(x1: left, y1: y, x2: right, y2: y, class: "grid")
            document.text(yAxis.label(tick), x: left - 8, y: y + 4, class: "soft", anchor: .end)
        }
        for tick in xAxis.ticks where !isWhole || tick == tick.rounded() {
            let x = left + xAxis.position(of: tick) * (right - left)
            document.line(x1: x, y1: bottom, x2: x, y2: bottom + 5, class: "axis")
            let label = isWhole ? HumanText.count(Int(tick)) : xAxis.label(tick)
            document.text(label, x: x, y: bottom + 20, class: "soft", anchor: .middle)
        }
        document.text("value", x: (left + right) / 2, y: bottom + 44, anchor: .middle)
        document.text("elements", x: 24, y: (top + bottom) / 2, anchor: .middle, rotated: -90)
    }

    private func bars(_ document: inout SVGDocument) {
        let step = (right - left) / Double(counts.count)
        // Few bars stand apart; many would flicker.
        let gap = min(step * 0.12, 6)
        let size = range.upperBound / Double(counts.count) - range.lowerBound / Double(counts.count)
        for (index, count) in counts.enumerated() where count > 0 {
            let height = max(yAxis.position(of: Double(count)) * (bottom - top), 0.5)
            let from = range.lowerBound + size * Double(index)
            let place =
                isWhole ? HumanText.number(from + 0.5) : "\(ArrayText.short(from)) to \(ArrayText.short(from + size))"
            document.rectangle(
                x: left + step * Double(index) + gap / 2,
                y: bottom - height,
                width: step - gap,
                height: height,
                class: "bar",
                title: "\(place): \(HumanText.count(count))"
            )
        }
    }

    /// Whether each bar is one whole number.
    private var isWhole: Bool { range.upperBound - range.lowerBound == Double(counts.count) }
}
