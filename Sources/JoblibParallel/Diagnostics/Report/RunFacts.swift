/// The measured facts from which a report's advice is chosen.
package struct RunFacts: Sendable, Hashable {
    /// The task or batch that was still running when all other workers had finished.
    package struct Tail: Sendable, Hashable {
        /// Its input positions.
        package var tasks: Range<Int>
        /// How long it ran.
        package var duration: Duration
        /// How long it ran alone.
        package var alone: Duration
        /// When it began, from the start of the call.
        package var start: Duration

        package init(tasks: Range<Int>, duration: Duration, alone: Duration, start: Duration) {
            self.tasks = tasks
            self.duration = duration
            self.alone = alone
            self.start = start
        }
    }

    package var backend = "threads"
    package var jobs = 1
    package var tasks = 0
    package var batches = 0
    package var failed = 0
    package var retried = 0
    package var elapsed = Duration.zero
    package var busy = Duration.zero
    package var transfer = Duration.zero
    package var utilization = 0.0
    package var imbalance = 1.0
    /// The busiest worker's index.
    package var busiest = 0
    /// The first failed batch's input positions, where recorded.
    package var firstFailure: Range<Int>?
    /// Worker time that went into attempts which had to be repeated, where recorded.
    package var repeated: Duration?
    package var tail: Tail?

    package init() {}

    /// Takes the facts from a report.
    package init(_ report: RunReport) {
        backend = report.backend
        jobs = report.jobs
        tasks = report.tasks
        batches = report.workers.reduce(0) { $0 + $1.batches }
        failed = report.failed
        retried = report.retried
        elapsed = report.elapsed
        busy = report.busy
        transfer = report.transfer
        utilization = report.utilization
        imbalance = report.imbalance
        busiest = report.workers.max { $0.busy < $1.busy }?.index ?? 0
        let attempts = Self.attempts(in: report.spans)
        firstFailure =
            report.spans.first { span in
                let isLast = span.tasks.contains { span.attempt >= attempts[$0] ?? 1 }
                return isLast && (span.outcome == .failed || span.outcome == .timedOut)
            }?.tasks
        repeated = Self.repeated(in: report.spans, attempts)
        tail = Self.tail(of: report.spans, jobs: report.jobs)
    }

    /// How often each position was tried, for those tried more than once.
    private static func attempts(in spans: [RunReport.Span]) -> [Int: Int] {
        var attempts: [Int: Int] = [:]
        for span in spans where span.attempt > 1 {
            // A batch is tried again task by task, so each of its positions counts.
            for task in span.tasks { attempts[task] = max(attempts[task] ?? 1, span.attempt) }
        }
        return attempts
    }

    /// The time of the attempts that were followed by another.
    private static func repeated(in spans: [RunReport.Span], _ attempts: [Int: Int]) -> Duration? {
        guard !attempts.isEmpty else { return nil }
        return spans.reduce(.zero) { sum, span in
            let isRepeated = span.outcome != .succeeded && span.tasks.contains { attempts[$0] ?? 1 > span.attempt }
            return isRepeated ? sum + max(.zero, span.end - span.start) : sum
        }
    }

    /// The span that ends last, if it is the only one of its worker that outlasts every other worker.
    private static func tail(of spans: [RunReport.Span], jobs: Int) -> Tail? {
        guard jobs > 1, let last = spans.max(by: { $0.end < $1.end }) else { return nil }
        let others = spans.lazy.filter { $0.worker != last.worker }.map(\.end).max() ?? .zero
        // Where one worker ran several batches alone at the end, no single one is to blame.
        let alone = last.end - max(others, last.start)
        return Tail(tasks: last.tasks, duration: last.end - last.start, alone: alone, start: last.start)
    }
}
