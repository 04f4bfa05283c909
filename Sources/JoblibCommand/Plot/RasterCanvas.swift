/// Draws a chart as pixels.
struct RasterCanvas: ChartCanvas {
    private var raster: Raster
    private let scale: Double

    /// A chart as a PNG file.
    ///
    /// - Parameters:
    ///   - chart: What to draw.
    ///   - scale: 1 for 1600 by 1000 pixels.
    static func png(_ chart: Chart, scale: Double = 1) throws -> [UInt8] {
        var canvas = RasterCanvas(scale: scale)
        ChartLayout(chart, on: canvas).draw(on: &canvas)
        return try PNGEncoder.encode(canvas.raster)
    }

    private init(scale: Double) {
        self.scale = scale
        raster = Raster(
            width: Int((ChartLayout.width * scale).rounded()),
            height: Int((ChartLayout.height * scale).rounded()),
            color: ChartPalette.background
        )
    }

    func width(of text: String, _ style: ChartTextStyle) -> Double {
        StrokeFont.width(of: text, size: Self.size(style), isBold: style.isBold)
    }

    /// Lines alone look larger than printed letters of the same size.
    private static func size(_ style: ChartTextStyle) -> Double { style.size * 0.94 }

    mutating func text(_ text: String, at place: Chart.Point, _ style: ChartTextStyle, _ anchor: ChartAnchor) {
        let share =
            switch anchor {
            case .start: 0.0
            case .middle: 0.5
            case .end: 1.0
            }
        let start = place.x - share * width(of: text, style)
        draw(text, style) { .init(x: start + $0.x, y: place.y + $0.y) }
    }

    mutating func verticalText(_ text: String, at place: Chart.Point, _ style: ChartTextStyle) {
        let start = place.y + width(of: text, style) / 2
        draw(text, style) { .init(x: place.x + $0.y, y: start - $0.x) }
    }

    private mutating func draw(_ text: String, _ style: ChartTextStyle, _ place: (Chart.Point) -> Chart.Point) {
        let size = Self.size(style)
        let width = StrokeFont.strokeWidth(size: size, isBold: style.isBold)
        // Letter by letter would cost nothing less: each stroke looks only at the pixels around it.
        let lines = StrokeFont.lines(of: text, size: size, isBold: style.isBold)
        raster.stroke(scaled(lines.map { $0.map(place) }), width: width * scale, color: ChartPalette.color(of: style))
    }

    mutating func line(_ points: [Chart.Point], _ stroke: ChartStroke) {
        let pieces = stroke.dash.map { Dashes.pieces(of: points, on: $0.on, off: $0.off) } ?? [points]
        raster.stroke(scaled(pieces), width: stroke.width * scale, color: ChartPalette.color(of: stroke))
    }

    mutating func marker(_ form: ChartMarker, at place: Chart.Point, series: Int, title: String?) {
        let color = ChartPalette.color(of: .series(series))
        let edge = ChartMarker.edge / 2
        if let corners = form.corners {
            let placed = scaled([corners.map { .init(x: place.x + $0.x, y: place.y + $0.y) }])[0]
            raster.fillConvex(placed, growth: edge * scale, color: ChartPalette.background)
            raster.fillConvex(placed, growth: -edge * scale, color: color)
        } else {
            let center = scaled([[place]])[0][0]
            let radius = ChartMarker.radius
            raster.fillCircle(at: center, radius: (radius + edge) * scale, color: ChartPalette.background)
            raster.fillCircle(at: center, radius: (radius - edge) * scale, color: color)
        }
    }

    private func scaled(_ lines: [[Chart.Point]]) -> [[Chart.Point]] {
        scale == 1 ? lines : lines.map { line in line.map { .init(x: $0.x * scale, y: $0.y * scale) } }
    }
}

/// Cuts lines into dashes.
enum Dashes {
    /// The parts of a chain of points that are drawn.
    ///
    /// - Parameters:
    ///   - points: The chain.
    ///   - on: How long a dash is, above 0.
    ///   - off: How long a gap is, above 0.
    static func pieces(of points: [Chart.Point], on: Double, off: Double) -> [[Chart.Point]] {
        guard on > 0, off > 0, let first = points.first else { return [points] }
        var pieces: [[Chart.Point]] = []
        var current = [first]
        var isOn = true
        var left = on
        for (from, to) in zip(points, points.dropFirst()) {
            let length = ((to.x - from.x) * (to.x - from.x) + (to.y - from.y) * (to.y - from.y)).squareRoot()
            guard length.isFinite else { continue }
            var done = 0.0
            while length - done >= left {
                done += left
                let share = done / length
                let place = Chart.Point(x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share)
                if isOn { pieces.append(current + [place]) }
                current = [place]
                isOn.toggle()
                left = isOn ? on : off
            }
            left -= length - done
            current.append(to)
        }
        if isOn, current.count > 1 { pieces.append(current) }
        return pieces
    }
}
