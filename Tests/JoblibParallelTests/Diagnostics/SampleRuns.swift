import JoblibParallel

/// Runs as a scheduler would leave them, made without one.
enum SampleRuns {
    /// Tasks of the given lengths, each taken by the worker that is free first.
    static func greedy(
        _ lengths: [Duration],
        jobs: Int,
        batch: Int = 1,
        gap: Duration = .zero,
        backend: String = "threads"
    ) -> RunReport {
        var free = Array(repeating: Duration.zero, count: jobs)
        var spans: [RunReport.Span] = []
        for first in stride(from: 0, to: lengths.count, by: batch) {
            let worker = free.indices.min { free[$0] < free[$1] } ?? 0
            let tasks = first..<min(first + batch, lengths.count)
            let start = free[worker] + gap
            let end = lengths[tasks].reduce(start, +)
            spans.append(RunReport.Span(tasks: tasks, worker: worker, start: start, end: end))
            free[worker] = end
        }
        return report(spans, jobs: jobs, tasks: lengths.count, backend: backend)
    }

    /// A report whose workers' sums are those of its spans.
    static func report(
        _ spans: [RunReport.Span],
        jobs: Int,
        tasks: Int,
        failed: Int = 0,
        retried: Int = 0,
        elapsed: Duration? = nil,
        backend: String = "threads"
    ) -> RunReport {
        var workers = (0..<jobs).map { RunReport.Worker(index: $0) }
        for span in spans {
            workers[span.worker].busy += span.end - span.start
            workers[span.worker].tasks += span.tasks.count
            workers[span.worker].batches += 1
        }
        return RunReport(
            backend: backend,
            jobs: jobs,
            elapsed: elapsed ?? spans.map(\.end).max() ?? .zero,
            tasks: tasks,
            failed: failed,
            retried: retried,
            workers: workers,
            spans: spans.sorted { $0.start < $1.start }
        )
    }

    /// The same numbers in every run.
    struct Numbers: RandomNumberGenerator {
        var state: UInt64 = 42

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    /// Lengths within the bounds, in milliseconds.
    static func lengths(_ count: Int, _ milliseconds: ClosedRange<Int>) -> [Duration] {
        var numbers = Numbers()
        return (0..<count).map { _ in .milliseconds(Int.random(in: milliseconds, using: &numbers)) }
    }

    static let balanced = greedy(lengths(120, 80...320), jobs: 8)
    static let imbalanced = greedy(lengths(60, 60...140) + [.seconds(2)], jobs: 6)

    /// A crash and a timeout that were tried again, a failure, and two tasks stopped by it.
    static let troubled: RunReport = {
        var spans = greedy(lengths(36, 150...700), jobs: 4).spans
        spans[5].outcome = .timedOut
        spans[9].outcome = .failed
        spans[14].attempt = 2
        spans[14].tasks = spans[5].tasks
        spans[20].attempt = 3
        spans[20].outcome = .failed
        spans[34].outcome = .cancelled
        spans[35].outcome = .cancelled
        return report(spans, jobs: 4, tasks: 36, failed: 2, retried: 2, backend: "processes")
    }()
}
