/// A batch that has ended, with what is to be decided about its failures: found out before the lock is taken, as it asks the
/// program's own code.
struct EndedBatch<Element: Sendable, Output: Sendable> {
    let batch: TypedBatch<Element, Output>
    let outcome: BatchOutcome<Output>
    /// The failures, and the delay after which each is to be tried again, if its kind is one to try again.
    let failures: [(index: Int, failure: TaskFailure, delay: UInt64?)]

    init(_ batch: TypedBatch<Element, Output>, _ outcome: BatchOutcome<Output>, _ plan: RunPlan, _ scope: RunScope) {
        self.batch = batch
        self.outcome = outcome
        failures = outcome.failures(from: batch.batch.tasks.lowerBound).map {
            ($0.index, $0.failure, plan.retryDelay($0.failure, seed: scope.seed))
        }
    }

    func logRetries(limit: Int) {
        for (_, failure, delay) in failures where failure.attempt <= limit {
            if let delay { JoblibLog.retrying(failure, after: .nanoseconds(Int64(clamping: delay))) }
        }
    }
}
