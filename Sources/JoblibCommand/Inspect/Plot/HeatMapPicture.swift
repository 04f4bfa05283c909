internal import Joblib
internal import JoblibParallel
internal import JoblibPersistence

/// The numbers of a matrix as colours, its first row at the top.
struct HeatMapPicture {
    private static let top = 86.0
    private static let side = 480.0
    private static let barWidth = 18.0

    private let plot: ArrayPlot
    private let rows: Int
    private let columns: Int
    /// Of each cell; nil where there is no number.
    private let means: [Double?]
    private let colours: ColourScale
    private let barAxis: PlotAxis
    private let rowAxis: PlotAxis
    private let columnAxis: PlotAxis
    private let left: Double
    private let width: Double
    private let height: Double

    init(_ plot: ArrayPlot, rows: Int, columns: Int, sums: [Double], counts: [Int]) {
        (self.plot, self.rows, self.columns) = (plot, rows, columns)
        means = zip(sums, counts).map { $1 > 0 ? $0 / Double($1) : nil }
        let known = means.compactMap { $0 }.filter(\.isFinite)
        colours = ColourScale(from: known.min() ?? 0, to: known.max() ?? 0)
        barAxis = PlotAxis(from: colours.lower, to: colours.upper, ticks: 6)
        let (height, width) = (Double(plot.array.shape[0]), Double(plot.array.shape[1]))
        // Places of elements: whole numbers.
        let rowAxis = PlotAxis(from: 0, to: height, ticks: min(plot.array.shape[0], 8))
        self.rowAxis = rowAxis
        columnAxis = PlotAxis(from: 0, to: width, ticks: min(plot.array.shape[1], 8))
        // Square elements, unless the matrix is a mere stripe.
        let ratio = min(max(width / height, 0.25), 4)
        self.width = ratio >= 1 ? Self.side : max(Self.side * ratio, 160)
        self.height = ratio >= 1 ? max(Self.side / ratio, 160) : Self.side
        let widest = rowAxis.ticks.map { SVGTheme.width(of: rowAxis.label($0), size: 12) }.max() ?? 0
        left = max(64, widest + 52)
    }

    var svg: String {
        let barLabels = barAxis.ticks.map { SVGTheme.width(of: barAxis.label($0), size: 12) }.max() ?? 0
        let right = left + width
        let bottom = Self.top + height
        let titleWidth = max(SVGTheme.width(of: plot.title, size: 20), SVGTheme.width(of: plot.facts, size: 14)) + 56
        var document = SVGDocument(width: max(right + 100 + barLabels, titleWidth), height: bottom + 68)
        document.text(plot.title, x: 24, y: 34, class: "title")
        document.text(plot.facts + (isReduced ? " · means of parts" : ""), x: 24, y: 58, class: "note soft")
        image(&document, x: left, y: Self.top, width: width, height: height, cells)
        axes(&document, right: right, bottom: bottom)
        bar(&document, x: right + 28, bottom: bottom)
        return document.text
    }

    private var isReduced: Bool { rows < plot.array.shape[0] || columns < plot.array.shape[1] }

    private func axes(_ document: inout SVGDocument, right: Double, bottom: Double) {
        for tick in rowAxis.ticks where tick < Double(plot.array.shape[0]) {
            let y = Self.top + place(tick, rowAxis, count: plot.array.shape[0]) * height
            document.line(x1: left - 5, y1: y, x2: left, y2: y, class: "axis")
            document.text(rowAxis.label(tick), x: left - 9, y: y + 4, class: "soft", anchor: .end)
        }
        for tick in columnAxis.ticks where tick < Double(plot.array.shape[1]) {
            let x = left + place(tick, columnAxis, count: plot.array.shape[1]) * width
            document.line(x1: x, y1: bottom, x2: x, y2: bottom + 5, class: "axis")
            document.text(columnAxis.label(tick), x: x, y: bottom + 20, class: "soft", anchor: .middle)
        }
        document.text("column", x: (left + right) / 2, y: bottom + 44, anchor: .middle)
        document.text("row", x: 24, y: (Self.top + bottom) / 2, anchor: .middle, rotated: -90)
    }

    /// The middle of an element.
    private func place(_ tick: Double, _ axis: PlotAxis, count: Int) -> Double { (tick + 0.5) / Double(count) }

    private func bar(_ document: inout SVGDocument, x: Double, bottom: Double) {
        let steps = (1...255).reversed().map { UInt8($0) }
        let picture = PalettePicture(width: 1, height: 255, pixels: steps, palette: colours.palette)
        image(&document, x: x, y: Self.top, width: Self.barWidth, height: height, picture)
        for tick in barAxis.ticks where tick >= colours.lower && tick <= colours.upper {
            let y = bottom - (tick - colours.lower) / (colours.upper - colours.lower) * height
            document.line(x1: x + Self.barWidth, y1: y, x2: x + Self.barWidth + 5, y2: y, class: "axis")
            document.text(barAxis.label(tick), x: x + Self.barWidth + 9, y: y + 4, class: "soft")
        }
    }

    private var cells: PalettePicture {
        PalettePicture(
            width: columns,
            height: rows,
            pixels: means.map { mean in mean.map { colours.index(of: $0) } ?? ColourScale.missing },
            palette: colours.palette
        )
    }

    private func image(
        _ document: inout SVGDocument,
        x: Double,
        y: Double,
        width: Double,
        height: Double,
        _ picture: PalettePicture
    ) {
        document.image(
            "data:image/png;base64," + Base64.text(of: picture.png),
            x: x,
            y: y,
            width: width,
            height: height
        )
        document.path(
            "M\(SVGDocument.number(x)) \(SVGDocument.number(y))h\(SVGDocument.number(width))"
                + "v\(SVGDocument.number(height))h\(SVGDocument.number(-width))z",
            class: "axis"
        )
    }
}
