/// Keeps the books of a call for its ``RunReport``.
struct RunRecord: Sendable {
    private let backend: String
    private let jobs: Int
    private let keepsSpans: Bool
    private var workers: [RunReport.Worker] = []
    private var spans: [RunReport.Span] = []

    init(plan: RunPlan) {
        backend = plan.backend.name
        jobs = plan.jobs
        keepsSpans = plan.recordsSpans
    }

    mutating func batchEnded<Output>(_ batch: Dispatch.Batch, _ outcome: BatchOutcome<Output>, origin: UInt64) {
        while workers.count <= outcome.worker { workers.append(RunReport.Worker(index: workers.count)) }
        workers[outcome.worker].busy += outcome.runTime
        workers[outcome.worker].tasks += outcome.results.count
        workers[outcome.worker].batches += 1
        guard keepsSpans else { return }
        spans.append(
            RunReport.Span(
                tasks: batch.tasks,
                worker: outcome.worker,
                start: .nanoseconds(Int64(clamping: outcome.started &- origin)),
                end: .nanoseconds(Int64(clamping: outcome.ended &- origin)),
                outcome: Self.outcome(of: outcome.results),
                attempt: batch.attempt
            )
        )
    }

    private static func outcome<Output>(of results: [Result<Output, TaskFailure>]) -> RunReport.Span.Outcome {
        var worst = RunReport.Span.Outcome.succeeded
        for case .failure(let failure) in results {
            switch failure.reason {
            case .timedOut: return .timedOut
            case .cancelled: worst = .cancelled
            default: return .failed
            }
        }
        return worst
    }

    func report(elapsed: Duration, dispatch: Dispatch) -> RunReport {
        RunReport(
            backend: backend,
            jobs: jobs,
            elapsed: elapsed,
            tasks: dispatch.doneTasks,
            failed: dispatch.failedTasks,
            retried: dispatch.retriedTasks,
            workers: workers,
            spans: spans.sorted { $0.start < $1.start }
        )
    }
}
