internal import Joblib
internal import JoblibParallel
internal import JoblibPersistence

/// The numbers of a matrix as colours, its first row at the top.
struct HeatMapPicture {
    private static let side = 480.0
    private static let barWidth = 18.0
    /// Matrices with more elements are an image.
    private static let mostRectangles = 1600

    private let plot: ArrayPlot
    private let rows: Int
    private let columns: Int
    /// Of each cell; nil where there is no number.
    private let means: [Double?]
    private let colours: ColourScale
    private let barAxis: PlotAxis
    private let rowAxis: PlotAxis
    private let columnAxis: PlotAxis
    private let notes: [String]
    private let pictureWidth: Double
    private let left: Double
    private let top: Double
    private let width: Double
    private let height: Double

    init(_ plot: ArrayPlot, rows: Int, columns: Int, sums: [Double], counts: [Int]) {
        (self.plot, self.rows, self.columns) = (plot, rows, columns)
        means = zip(sums, counts).map { $1 > 0 ? $0 / Double($1) : nil }
        let known = means.compactMap { $0 }.filter(\.isFinite)
        colours = ColourScale(from: known.min() ?? 0, to: known.max() ?? 0)
        let barAxis = PlotAxis(from: colours.lower, to: colours.upper, ticks: 6)
        self.barAxis = barAxis
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
        let labels = barAxis.ticks.map { SVGTheme.width(of: barAxis.label($0), size: 12) }.max() ?? 0
        pictureWidth = max(left + self.width + 100 + labels, SVGTheme.width(of: plot.title, size: 20) + 60, 380)
        let isReduced = rows < plot.array.shape[0] || columns < plot.array.shape[1]
        notes = plot.notes(isReduced ? ["means of parts"] : [], width: pictureWidth)
        top = 67 + Double(notes.count) * 19
    }

    var svg: String {
        let right = left + width
        let bottom = top + height
        var document = SVGDocument(width: pictureWidth, height: bottom + 68)
        document.text(plot.title, x: 24, y: 34, class: "title")
        for (index, line) in notes.enumerated() {
            document.text(line, x: 24, y: 58 + Double(index) * 19, class: "note soft")
        }
        if rows * columns <= Self.mostRectangles { rectangles(&document) } else { picture(&document) }
        frame(&document, x: left, y: top, width: width, height: height)
        axes(&document, right: right, bottom: bottom)
        bar(&document, x: right + 28, bottom: bottom)
        return document.text
    }

    private func axes(_ document: inout SVGDocument, right: Double, bottom: Double) {
        for tick in rowAxis.ticks where tick < Double(plot.array.shape[0]) {
            let y = top + place(tick, rowAxis, count: plot.array.shape[0]) * height
            document.line(x1: left - 5, y1: y, x2: left, y2: y, class: "axis")
            document.text(rowAxis.label(tick), x: left - 9, y: y + 4, class: "soft", anchor: .end)
        }
        for tick in columnAxis.ticks where tick < Double(plot.array.shape[1]) {
            let x = left + place(tick, columnAxis, count: plot.array.shape[1]) * width
            document.line(x1: x, y1: bottom, x2: x, y2: bottom + 5, class: "axis")
            document.text(columnAxis.label(tick), x: x, y: bottom + 20, class: "soft", anchor: .middle)
        }
        document.text("column", x: (left + right) / 2, y: bottom + 44, anchor: .middle)
        document.text("row", x: 24, y: (top + bottom) / 2, anchor: .middle, rotated: -90)
    }

    /// The middle of an element.
    private func place(_ tick: Double, _ axis: PlotAxis, count: Int) -> Double { (tick + 0.5) / Double(count) }

    private func bar(_ document: inout SVGDocument, x: Double, bottom: Double) {
        let stops = stride(from: 1, through: 255, by: 2).map { index in
            let offset = SVGDocument.number(Double(index - 1) / 254)
            return "<stop offset=\"\(offset)\" stop-color=\"\(colours.text(UInt8(index)))\"/>"
        }
        // From the bottom to the top.
        document.define(
            "<linearGradient id=\"scale\" x1=\"0\" y1=\"1\" x2=\"0\" y2=\"0\">\(stops.joined())</linearGradient>"
        )
        document.group(style: "fill:url(#scale)") { document in
            document.rectangle(x: x, y: top, width: Self.barWidth, height: height)
        }
        frame(&document, x: x, y: top, width: Self.barWidth, height: height)
        for tick in barAxis.ticks where tick >= colours.lower && tick <= colours.upper {
            let y = bottom - (tick - colours.lower) / (colours.upper - colours.lower) * height
            document.line(x1: x + Self.barWidth, y1: y, x2: x + Self.barWidth + 5, y2: y, class: "axis")
            document.text(barAxis.label(tick), x: x + Self.barWidth + 9, y: y + 4, class: "soft")
        }
    }

    /// A few elements, which tell their numbers.
    private func rectangles(_ document: inout SVGDocument) {
        let (cellWidth, cellHeight) = (width / Double(columns), height / Double(rows))
        for (index, mean) in means.enumerated() {
            let place = "row \(index / columns), column \(index % columns)"
            let colour = colours.text(mean.map { colours.index(of: $0) } ?? ColourScale.missing)
            document.group(style: "fill:\(colour);shape-rendering:crispEdges") { document in
                document.rectangle(
                    x: left + Double(index % columns) * cellWidth,
                    y: top + Double(index / columns) * cellHeight,
                    width: cellWidth,
                    height: cellHeight,
                    title: "\(place): \(mean.map { ArrayText.short($0) } ?? "no number")"
                )
            }
        }
    }

    private func picture(_ document: inout SVGDocument) {
        // Programs that smooth pixels find several for each cell.
        let scale = max(1, ArrayPlot.cells / max(rows, columns))
        var pixels: [UInt8] = []
        for row in 0..<rows * scale {
            for column in 0..<columns * scale {
                let mean = means[row / scale * columns + column / scale]
                pixels.append(mean.map { colours.index(of: $0) } ?? ColourScale.missing)
            }
        }
        let picture = PalettePicture(
            width: columns * scale,
            height: rows * scale,
            pixels: pixels,
            palette: colours.palette
        )
        document.image(
            "data:image/png;base64," + Base64.text(of: picture.png),
            x: left,
            y: top,
            width: width,
            height: height
        )
    }

    private func frame(_ document: inout SVGDocument, x: Double, y: Double, width: Double, height: Double) {
        let size = "h\(SVGDocument.number(width))v\(SVGDocument.number(height))h\(SVGDocument.number(-width))z"
        document.path("M\(SVGDocument.number(x)) \(SVGDocument.number(y))\(size)", class: "axis")
    }
}
