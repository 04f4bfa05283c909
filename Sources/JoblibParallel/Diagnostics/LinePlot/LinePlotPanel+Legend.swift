extension LinePlotPanel {
    private static let leading = 20.0
    private static let inset = 8.0

    /// Draws the names of the series where they cover least, in as many columns as the height asks for.
    func legend(_ document: inout SVGDocument) {
        let entries = plot.series.enumerated().filter { !$0.element.name.isEmpty }
        guard !entries.isEmpty else { return }
        let title = plot.legendTitle.flatMap { $0.isEmpty ? nil : $0 }
        let titleHeight = title == nil ? 0 : Self.leading
        let room = bottom - top - 2 * Self.inset - 10 - titleHeight
        let most = max(1, Int(room / Self.leading))
        let columns = (entries.count + most - 1) / most
        let rows = (entries.count + columns - 1) / columns
        let column = (entries.map { SVGTheme.width(of: $0.element.name, size: 12) }.max() ?? 0) + 52
        let width = max(column * Double(columns), title.map { SVGTheme.width(of: $0, size: 13) + 16 } ?? 0)
        let height = Double(rows) * Self.leading + 10 + titleHeight
        let corner = emptiestCorner(width: width, height: height)

        document.rectangle(x: corner.x, y: corner.y, width: width, height: height, class: "legend", radius: 4)
        if let title { document.text(title, x: corner.x + 8, y: corner.y + 19, class: "over") }
        for (place, entry) in entries.enumerated() {
            let x = corner.x + column * Double(place / rows)
            let y = corner.y + titleHeight + 15 + Double(place % rows) * Self.leading
            self.entry(entry.element, look(entry.offset), x: x, y: y, &document)
        }
    }

    private func entry(_ series: LinePlot.Series, _ look: Look, x: Double, y: Double, _ document: inout SVGDocument) {
        if series.style != .markers {
            let sample = [LinePlot.Point(x: x + 8, y: y), LinePlot.Point(x: x + 36, y: y)]
            Self.draw(line: Self.line(sample), of: series, look, &document)
        }
        if series.style == .markers || series.style == .lineAndMarkers {
            let marker = Self.marker(look.marker, at: LinePlot.Point(x: x + 22, y: y))
            document.path(marker, class: look.markerClass, style: look.markerStyle)
        }
        document.text(series.name, x: x + 44, y: y + 4)
    }

    /// The corner whose legend would cover least of the lines.
    private func emptiestCorner(width: Double, height: Double) -> LinePlot.Point {
        let inset = Self.inset
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
