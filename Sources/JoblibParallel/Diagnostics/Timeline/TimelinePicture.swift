/// A run as a picture: a lane per worker, a bar per batch, and what to make of it.
package struct TimelinePicture: Sendable {
    private static let width = 1200.0
    private static let margin = 24.0
    private static let left = 138.0
    private static let plotWidth = width - left - margin
    private static let titleBaseline = 38.0
    private static let noteLeading = 20.0

    private let report: RunReport
    private let lanes: TimelineLanes
    private let bars: TimelineBars
    private let elapsed: Duration
    private let note: [String]

    package init(_ report: RunReport) {
        self.report = report
        lanes = TimelineLanes(report)
        // A worker's clock may end a hair after the caller's.
        elapsed = max(report.elapsed, report.spans.lazy.map(\.end).max() ?? .zero)
        bars = TimelineBars(report.spans, elapsed: elapsed, width: Self.plotWidth)
        note = SVGTheme.lines(of: report.advice, size: 14, width: Self.width - 2 * Self.margin)
    }

    private var top: Double { Self.titleBaseline + Double(note.count) * Self.noteLeading + 28 }
    private var bottom: Double { top + max(lanes.totalHeight, 60) }

    package func svg() -> String {
        var document = SVGDocument(width: Self.width, height: bottom + (hasLegend ? 74 : 44))
        document.style = TimelineStyle.rules
        for kind in kinds where kind.isRetry { document.define(TimelineStyle.hatch(kind)) }
        let share = HumanText.percent(report.utilization)
        document.text("\(report.summary): \(share) utilised", x: Self.margin, y: Self.titleBaseline, class: "title")
        for (index, line) in note.enumerated() {
            let y = Self.titleBaseline + 24 + Double(index) * Self.noteLeading
            document.text(line, x: Self.margin, y: y, class: "note")
        }
        axis(&document)
        labels(&document)
        document.group(x: Self.left, y: top) { document in
            for worker in lanes.workers {
                let y = lanes.y(of: worker)
                document.rectangle(x: 0, y: y, width: Self.plotWidth, height: lanes.height, class: "track")
            }
            draw(&document)
        }
        if report.spans.isEmpty { unrecorded(&document) }
        legend(&document)
        return document.text
    }

    private func axis(_ document: inout SVGDocument) {
        let seconds = elapsed / .seconds(1)
        let unit = TimeUnit.best(for: seconds)
        let axis = PlotAxis(from: 0, to: seconds / unit.seconds, ticks: 10)
        for tick in axis.ticks {
            let x = Self.left + axis.position(of: tick) * Self.plotWidth
            document.line(x1: x, y1: top - 4, x2: x, y2: bottom + 5, class: "grid")
            document.text("\(axis.label(tick)) \(unit.symbol)", x: x, y: bottom + 20, class: "soft", anchor: .middle)
        }
        let end = Self.left + Self.plotWidth
        document.line(x1: Self.left, y1: bottom, x2: end, y2: bottom, class: "axis")
    }

    private func labels(_ document: inout SVGDocument) {
        let size = lanes.fontSize < 12 ? " small" : ""
        var workers: [Int: RunReport.Worker] = [:]
        for worker in report.workers { workers[worker.index] = worker }
        for worker in lanes.labelled {
            let y = top + lanes.y(of: worker) + lanes.height / 2 + lanes.fontSize * 0.36
            document.text("worker \(worker)", x: Self.left - 56, y: y, class: "lane" + size, anchor: .end)
            guard let measured = workers[worker] else { continue }
            let share = HumanText.percent(report.share(of: measured))
            document.text(share, x: Self.left - 10, y: y, class: "soft" + size, anchor: .end)
        }
    }

    /// Draws what is rare over what is common: a failure is never hidden behind a success.
    private func draw(_ document: inout SVGDocument) {
        let grouped = Dictionary(grouping: bars.bars, by: \.kind)
        for kind in kinds {
            document.group(class: TimelineStyle.name(kind)) { document in
                for bar in grouped[kind] ?? [] { draw(bar, &document) }
            }
        }
        guard lanes.height >= 13 else { return }
        for isRetry in [false, true] {
            document.group(class: isRetry ? "inside again" : "inside") { document in
                for bar in bars.bars where bar.kind.isRetry == isRetry { name(bar, &document) }
            }
        }
    }

    /// Writes a bar's tasks into it, as far as there is room.
    private func name(_ bar: TimelineBars.Bar, _ document: inout SVGDocument) {
        guard bar.spans == 1, bar.width > 18 else { return }
        let long = HumanText.tasks(bar.tasks)
        let texts = [long, String(long.drop { !$0.isNumber })]
        guard let text = texts.first(where: { SVGTheme.width(of: $0, size: 11) + 8 < bar.width }) else { return }
        let y = lanes.y(of: bar.worker) + lanes.height / 2 + 4
        document.text(text, x: (bar.x + bar.end) / 2, y: y, anchor: .middle)
    }

    private func draw(_ bar: TimelineBars.Bar, _ document: inout SVGDocument) {
        // A line of background between neighbours shows where one batch ends; narrow bars cannot spare it.
        let gap = bar.spans == 1 && bar.width > 3 ? min(1, bar.width * 0.1) : 0
        // What went wrong must be seen, however short it was.
        let least = bar.kind.outcome == .succeeded && !bar.kind.isRetry ? 0.3 : 2
        let width = max(least, bar.width - gap)
        document.rectangle(
            x: min(bar.x, Self.plotWidth - width),
            y: lanes.y(of: bar.worker),
            width: width,
            height: lanes.height,
            opacity: bar.spans > 1 && bar.kind.outcome == .succeeded ? max(0.15, bar.density) : 1,
            radius: bar.spans == 1 && bar.width > 8 && lanes.height > 12 ? 2 : 0,
            title: bar.caption
        )
    }

    private func unrecorded(_ document: inout SVGDocument) {
        let text = report.tasks == 0 ? "Nothing was run." : "When each task ran was not recorded: use mapWithReport."
        let x = Self.left + Self.plotWidth / 2
        document.text(text, x: x, y: (top + bottom) / 2 + 5, class: "note", anchor: .middle)
    }

    /// What occurs, plain successes first and failures last.
    private var kinds: [TimelineBars.Kind] {
        TimelineStyle.order.filter(Set(bars.bars.map(\.kind)).contains)
    }

    /// One colour only, that of success, needs no explanation.
    private var hasLegend: Bool {
        kinds.contains { $0.outcome != .succeeded || $0.isRetry }
    }

    private func legend(_ document: inout SVGDocument) {
        guard hasLegend else { return }
        var x = Self.left
        let y = bottom + 40
        for kind in kinds {
            document.rectangle(x: x, y: y, width: 16, height: 12, class: TimelineStyle.name(kind), radius: 2)
            let text = TimelineStyle.caption(kind)
            document.text(text, x: x + 22, y: y + 10)
            x += 22 + SVGTheme.width(of: text, size: 12) + 24
        }
    }
}
