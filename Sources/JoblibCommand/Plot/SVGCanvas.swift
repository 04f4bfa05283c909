internal import JoblibParallel

/// Draws a chart as an SVG document, light or dark as the reader's screen is.
struct SVGCanvas: ChartCanvas {
    private var document = SVGDocument(width: ChartLayout.width, height: ChartLayout.height)

    /// A chart as the text of an SVG file of 1600 by 1000 pixels.
    static func text(_ chart: Chart) -> String {
        var canvas = SVGCanvas()
        canvas.document.style = style
        ChartLayout(chart, on: canvas).draw(on: &canvas)
        return canvas.document.text
    }

    func width(of text: String, _ style: ChartTextStyle) -> Double {
        // The theme's estimate is on the safe side by a fifth with most letters; a wide font still fits with this one.
        0.92 * SVGTheme.width(of: text, size: style.size)
    }

    mutating func text(_ text: String, at place: Chart.Point, _ style: ChartTextStyle, _ anchor: ChartAnchor) {
        let anchor: SVGDocument.Anchor =
            switch anchor {
            case .start: .start
            case .middle: .middle
            case .end: .end
            }
        document.text(text, x: place.x, y: place.y, class: Self.name(style), anchor: anchor)
    }

    mutating func verticalText(_ text: String, at place: Chart.Point, _ style: ChartTextStyle) {
        document.text(text, x: place.x, y: place.y, class: Self.name(style), anchor: .middle, rotated: -90)
    }

    mutating func line(_ points: [Chart.Point], _ stroke: ChartStroke) {
        document.path(Self.path(points, isClosed: false), class: Self.name(stroke))
    }

    mutating func marker(_ form: ChartMarker, at place: Chart.Point, series: Int, title: String?) {
        let radius = SVGDocument.number(ChartMarker.radius)
        let (x, y) = (SVGDocument.number(place.x - ChartMarker.radius), SVGDocument.number(place.y))
        let diameter = SVGDocument.number(2 * ChartMarker.radius)
        let data =
            form.corners.map { corners in
                Self.path(corners.map { .init(x: place.x + $0.x, y: place.y + $0.y) }, isClosed: true)
            } ?? "M\(x) \(y)a\(radius) \(radius) 0 1 0 \(diameter) 0a\(radius) \(radius) 0 1 0 -\(diameter) 0z"
        document.path(data, class: "chart-marker chart-m\(series % ChartPalette.series.count)", title: title)
    }

    private static func path(_ points: [Chart.Point], isClosed: Bool) -> String {
        points.enumerated().map { index, point in
            "\(index == 0 ? "M" : "L")\(SVGDocument.number(point.x)) \(SVGDocument.number(point.y))"
        }.joined() + (isClosed ? "z" : "")
    }

    private static func name(_ style: ChartTextStyle) -> String { "chart-\(style)" }

    private static func name(_ stroke: ChartStroke) -> String {
        guard case .series(let index) = stroke else { return "chart-line chart-\(stroke)" }
        let dashed = stroke.dash == nil ? "" : " chart-dashed"
        return "chart-line chart-s\(index % ChartPalette.series.count)\(dashed)"
    }

    // MARK: - Style rules

    private static let style: String = {
        var rules = ChartTextStyle.allCases.map { style in
            ".joblib .\(name(style)){font-size:\(SVGDocument.number(style.size))px;fill:\(hex(ChartPalette.color(of: style)))"
                + "\(style.isBold ? ";font-weight:600" : "")}"
        }
        rules.append(".joblib .chart-line{fill:none;stroke-linejoin:round}")
        for (name, stroke) in [("axis", ChartStroke.axis), ("grid", .grid), ("reference", .reference)] {
            let dash = stroke.dash.map { ";stroke-dasharray:\(Int($0.on)) \(Int($0.off))" } ?? ""
            let color = hex(ChartPalette.color(of: stroke))
            rules.append(
                ".joblib .chart-\(name){stroke:\(color);stroke-width:\(SVGDocument.number(stroke.width))\(dash)}"
            )
        }
        for (index, color) in ChartPalette.series.enumerated() {
            let width = SVGDocument.number(ChartStroke.series(index).width)
            rules.append(".joblib .chart-s\(index){stroke:\(hex(color));stroke-width:\(width)}")
            rules.append(".joblib .chart-m\(index){fill:\(hex(color))}")
        }
        rules.append(".joblib .chart-dashed{stroke-dasharray:26 12}")
        rules.append(".joblib .chart-marker{stroke:#fff;stroke-width:\(SVGDocument.number(ChartMarker.edge))}")
        return rules.joined() + dark
    }()

    /// What differs on dark screens: the colours of the series show on both.
    private static let dark = """
        @media(prefers-color-scheme:dark){.joblib .chart-title,.joblib .chart-heading,.joblib .chart-label{fill:#f2f4f7}\
        .joblib .chart-subtitle,.joblib .chart-tick,.joblib .chart-note{fill:#aab2bd}.joblib .chart-grid{stroke:#2c333b}\
        .joblib .chart-axis{stroke:#6d7681}.joblib .chart-marker{stroke:#15181c}\
        .joblib .chart-s0{stroke:#4a9fd8}.joblib .chart-m0{fill:#4a9fd8}}
        """

    private static func hex(_ color: Int) -> String {
        let digits = String(color, radix: 16)
        return "#" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }
}
