/// The bars of a timeline: spans placed on the time axis, those too narrow to see made into one.
package struct TimelineBars: Sendable {
    /// What a bar looks like.
    package struct Kind: Sendable, Hashable {
        package var outcome: RunReport.Span.Outcome
        package var isRetry: Bool
    }

    /// One span, or several that are too narrow to tell apart.
    package struct Bar: Sendable, Hashable {
        package var worker: Int
        package var kind: Kind
        /// The left end, from the beginning of the axis, in pixels.
        package var x: Double
        /// The right end.
        package var end: Double
        /// How much of the width is covered by spans, in pixels.
        package var covered: Double
        /// The input positions, from the first span's first to the last span's last.
        package var tasks: Range<Int>
        package var attempt: Int
        package var spans = 1
        package var busy: Duration

        package var width: Double { end - x }
        /// The part of the width that spans cover, from 0 to 1.
        package var density: Double { width > 0 ? min(1, covered / width) : 1 }
    }

    private struct Key: Hashable {
        var worker: Int
        var kind: Kind
    }

    /// From left to right within each worker and kind.
    package private(set) var bars: [Bar] = []
    /// Bars narrower than this, in pixels, were made into one with their neighbours.
    package private(set) var threshold: Double

    /// Places spans on an axis of `width` pixels for a time of `elapsed`.
    ///
    /// - Parameters:
    ///   - threshold: The width, in pixels, below which bars are made into one.
    ///   - limit: How many bars there may be; the threshold is doubled until there are no more.
    package init(
        _ spans: [RunReport.Span],
        elapsed: Duration,
        width: Double,
        threshold: Double = 0.3,
        limit: Int = 5000
    ) {
        self.threshold = threshold
        guard elapsed > .zero, width > 0 else { return }
        let sorted = spans.sorted { $0.start < $1.start }
        let scale = width / (elapsed / .seconds(1))
        let kinds = Set(sorted.map { Key(worker: $0.worker, kind: Kind($0)) }).count
        bars = Self.place(sorted, scale: scale, width: width, threshold: threshold)
        // Beyond one bar per lane and kind there is nothing left to make into one.
        while bars.count > max(limit, kinds), self.threshold < width {
            self.threshold *= 2
            bars = Self.place(sorted, scale: scale, width: width, threshold: self.threshold)
        }
    }

    private static func place(_ spans: [RunReport.Span], scale: Double, width: Double, threshold: Double) -> [Bar] {
        // Joined bars stay short, so that busy and idle stretches of a lane can still be told apart.
        let longest = max(1, threshold * 2)
        var bars: [Bar] = []
        var latest: [Key: Int] = [:]
        for span in spans {
            let key = Key(worker: span.worker, kind: Kind(span))
            var bar = Bar(span, scale: scale, width: width)
            if bar.width < threshold, let index = latest[key], bars[index].canTake(bar, threshold, longest) {
                bars[index].take(bar)
                continue
            }
            // A neighbour drawn just before may reach into this one by a rounding; bars must not overlap.
            if let index = latest[key], bar.x < bars[index].end, bars[index].end < bar.end { bar.x = bars[index].end }
            latest[key] = bars.count
            bars.append(bar)
        }
        return bars
    }
}

extension TimelineBars.Kind {
    init(_ span: RunReport.Span) {
        self.init(outcome: span.outcome, isRetry: span.attempt > 1)
    }
}

extension TimelineBars.Bar {
    fileprivate init(_ span: RunReport.Span, scale: Double, width: Double) {
        let x = min(max(0, span.start / .seconds(1) * scale), width)
        let end = min(max(x, span.end / .seconds(1) * scale), width)
        self.init(
            worker: span.worker,
            kind: TimelineBars.Kind(span),
            x: x,
            end: end,
            covered: end - x,
            tasks: span.tasks,
            attempt: span.attempt,
            busy: max(.zero, span.end - span.start)
        )
    }

    fileprivate func canTake(_ other: Self, _ threshold: Double, _ longest: Double) -> Bool {
        (spans > 1 || width < threshold) && other.end - x <= longest
    }

    fileprivate mutating func take(_ other: Self) {
        end = max(end, other.end)
        covered += other.covered
        tasks = min(tasks.lowerBound, other.tasks.lowerBound)..<max(tasks.upperBound, other.tasks.upperBound)
        attempt = max(attempt, other.attempt)
        spans += other.spans
        busy += other.busy
    }

    /// What the pointer shows over the bar.
    var caption: String {
        let time = HumanText.duration(busy)
        if spans > 1 { return "\(HumanText.count(spans)) batches, \(HumanText.tasks(tasks)), \(time) in all" }
        let end =
            switch kind.outcome {
            case .succeeded: ""
            case .failed: ", failed"
            case .timedOut: ", timed out"
            case .cancelled: ", cancelled"
            }
        return "\(HumanText.tasks(tasks)), \(time), attempt \(attempt)\(end)"
    }
}
