internal import JoblibParallel

/// Places a chart's parts on a canvas.
struct ChartLayout {
    static let width = 1600.0
    static let height = 1000.0
    private static let margin = 56.0
    private static let gap = 56.0

    let chart: Chart
    /// The chart's text broken into lines, its legend into rows.
    private let subtitle: [String]
    private let rows: [[LegendEntry]]
    /// The first panel's left end, and every panel's upper and lower one.
    let left: Double
    let top: Double
    let bottom: Double
    let panelWidth: Double

    private struct LegendEntry {
        var series: Chart.Series
        var index: Int
        var x: Double
    }

    /// - Parameters:
    ///   - chart: What to draw.
    ///   - canvas: Tells how wide texts will be.
    init(_ chart: Chart, on canvas: some ChartCanvas) {
        self.chart = chart
        let room = Self.width - 2 * Self.margin
        subtitle = Self.lines(of: chart.subtitle, .subtitle, width: room, on: canvas)
        rows = Self.legendRows(of: chart, width: room, on: canvas)
        let widest = chart.yAxis.ticks.map { canvas.width(of: $0.label, .tick) }.max() ?? 0
        left = Self.margin + 52 + widest + 14
        top = Self.margin + 60 + Double(subtitle.count) * 42 + Double(rows.count) * 46 + 94
        bottom = Self.height - 156
        let count = Double(max(1, chart.panels.count))
        panelWidth = (Self.width - Self.margin - left - (count - 1) * Self.gap) / count
    }

    func draw(on canvas: inout some ChartCanvas) {
        var y = Self.margin + 34
        canvas.text(chart.title, at: .init(x: Self.margin, y: y), .title, .start)
        y += 10
        for line in subtitle {
            y += 42
            canvas.text(line, at: .init(x: Self.margin, y: y), .subtitle, .start)
        }
        y += 16
        for row in rows {
            y += 46
            drawLegend(row, y: y, on: &canvas)
        }
        for index in chart.panels.indices { draw(panel: index, on: &canvas) }
        let middle = (top + bottom) / 2
        canvas.verticalText(chart.yAxis.label, at: .init(x: Self.margin + 18, y: middle), .label)
        let (start, end) = (panelLeft(0), panelLeft(max(0, chart.panels.count - 1)) + panelWidth)
        canvas.text(chart.xAxis.label, at: .init(x: (start + end) / 2, y: bottom + 84), .label, .middle)
        canvas.text(chart.note, at: .init(x: Self.margin, y: Self.height - 28), .note, .start)
    }

    /// Where a panel begins.
    func panelLeft(_ panel: Int) -> Double { left + Double(panel) * (panelWidth + Self.gap) }

    /// Where a point of a panel lies; nil for one that the axes cannot show.
    func place(_ point: Chart.Point, panel: Int) -> Chart.Point? {
        guard let x = chart.xAxis.position(of: point.x), let y = chart.yAxis.position(of: point.y) else { return nil }
        // Lines end a little within the field, so that markers do not stand on its edge.
        let inset = 34.0
        return .init(
            x: panelLeft(panel) + inset + x * (panelWidth - 2 * inset),
            y: bottom - y * (bottom - top)
        )
    }

    private func draw(panel index: Int, on canvas: inout some ChartCanvas) {
        let panel = chart.panels[index]
        let (start, end) = (panelLeft(index), panelLeft(index) + panelWidth)
        canvas.text(panel.title, at: .init(x: start, y: top - 10), .heading, .start)
        for tick in chart.yAxis.ticks {
            guard let position = chart.yAxis.position(of: tick.value) else { continue }
            let y = bottom - position * (bottom - top)
            canvas.line([.init(x: start, y: y), .init(x: end, y: y)], tick.value == 0 ? .axis : .grid)
            if index == 0 { canvas.text(tick.label, at: .init(x: start - 14, y: y + 9), .tick, .end) }
        }
        drawHorizontalTicks(panel: index, on: &canvas)
        for series in panel.series where series.isReference { draw(series, panel: index, on: &canvas) }
        for series in panel.series where !series.isReference { draw(series, panel: index, on: &canvas) }
    }

    private func drawHorizontalTicks(panel index: Int, on canvas: inout some ChartCanvas) {
        var end = -Double.infinity
        for tick in chart.xAxis.ticks {
            guard let place = place(.init(x: tick.value, y: chart.yAxis.lower), panel: index) else { continue }
            canvas.line([place, .init(x: place.x, y: place.y + 9)], .axis)
            // A number that would run into the one before it is left out.
            let half = canvas.width(of: tick.label, .tick) / 2
            guard place.x - half > end + 12 else { continue }
            end = place.x + half
            canvas.text(tick.label, at: .init(x: place.x, y: place.y + 42), .tick, .middle)
        }
    }

    private func draw(_ series: Chart.Series, panel: Int, on canvas: inout some ChartCanvas) {
        let index = seriesIndex(series)
        let stroke: ChartStroke = series.isReference ? .reference : .series(index)
        // A point that is missing interrupts the line.
        var pieces: [[Chart.Point]] = [[]]
        for point in series.points {
            if let place = place(point, panel: panel) {
                pieces[pieces.count - 1].append(place)
            } else if !pieces[pieces.count - 1].isEmpty {
                pieces.append([])
            }
        }
        for piece in pieces where piece.count > 1 { canvas.line(piece, stroke) }
        guard !series.isReference else { return }
        for point in series.points {
            guard let place = place(point, panel: panel) else { continue }
            let title = "\(series.name): \(HumanText.number(point.x)), \(HumanText.number(point.y))"
            canvas.marker(ChartMarker(series: index), at: place, series: index, title: title)
        }
    }

    /// The place among the coloured series of the legend.
    private func seriesIndex(_ series: Chart.Series) -> Int {
        chart.legend.filter { !$0.isReference }.firstIndex { $0.name == series.name } ?? 0
    }

    // MARK: - Legend

    private static let sample = 62.0

    private static func legendRows(
        of chart: Chart,
        width: Double,
        on canvas: some ChartCanvas
    ) -> [[LegendEntry]] {
        var rows: [[LegendEntry]] = [[]]
        let indent = chart.legendTitle.isEmpty ? 0 : canvas.width(of: chart.legendTitle, .label) + 28
        var x = indent
        for (index, series) in chart.legend.enumerated() {
            let width = sample + 14 + canvas.width(of: series.name, .label)
            if x + width > self.width - 2 * margin, !rows[rows.count - 1].isEmpty {
                rows.append([])
                x = indent
            }
            rows[rows.count - 1].append(LegendEntry(series: series, index: index, x: x))
            x += width + 40
        }
        return rows
    }

    private func drawLegend(_ row: [LegendEntry], y: Double, on canvas: inout some ChartCanvas) {
        if row.first?.index == 0, !chart.legendTitle.isEmpty {
            canvas.text(chart.legendTitle, at: .init(x: Self.margin, y: y), .label, .start)
        }
        for entry in row {
            let x = Self.margin + entry.x
            let middle = y - 10
            let line: [Chart.Point] = [.init(x: x, y: middle), .init(x: x + Self.sample, y: middle)]
            canvas.line(line, entry.series.isReference ? .reference : .series(entry.index))
            if !entry.series.isReference {
                let place = Chart.Point(x: x + Self.sample / 2, y: middle)
                canvas.marker(ChartMarker(series: entry.index), at: place, series: entry.index, title: nil)
            }
            canvas.text(entry.series.name, at: .init(x: x + Self.sample + 14, y: y), .label, .start)
        }
    }

    /// Breaks a text between words, but not between a number and its unit.
    private static func lines(
        of text: String,
        _ style: ChartTextStyle,
        width: Double,
        on canvas: some ChartCanvas
    ) -> [String] {
        var lines: [String] = []
        var words: [String] = []
        for word in text.split(separator: " ") {
            if let last = words.last, last.last?.isNumber == true {
                words[words.count - 1] = "\(last) \(word)"
            } else {
                words.append(String(word))
            }
        }
        for word in words {
            if let last = lines.last, canvas.width(of: "\(last) \(word)", style) <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(word)
            }
        }
        return lines
    }
}
