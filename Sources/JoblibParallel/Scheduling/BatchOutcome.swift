/// What came of a batch.
struct BatchOutcome<Output: Sendable>: Sendable {
    /// One for each task that ran, in order.
    var results: [Result<Output, TaskFailure>]
    /// Which of them are failures.
    var failed: [BatchFailure]
    var worker: Int
    /// On the monotonic clock.
    var started: UInt64
    var ended: UInt64

    /// A task behind those of `results` that took its worker down; also the last of `failed`.
    var late: (offset: Int, failure: TaskFailure)?
    /// Tasks that have no result and are to be run again, each by itself.
    var again: [Range<Int>] = []

    /// Nothing was lost with a worker.
    var isWhole: Bool { again.isEmpty && late == nil }

    var runTime: Duration { .nanoseconds(Int64(clamping: ended - started)) }

    /// The failure at an offset.
    func failure(at offset: Int) -> TaskFailure? {
        if let late, late.offset == offset { return late.failure }
        guard results.indices.contains(offset), case .failure(let failure) = results[offset] else { return nil }
        return failure
    }

    func logRetries(limit: Int) {
        for failed in failed {
            guard let delay = failed.retryDelay, let failure = failure(at: failed.offset), failure.attempt <= limit
            else { continue }
            JoblibLog.retrying(failure, after: .nanoseconds(Int64(clamping: delay)))
        }
    }
}

/// A task of a batch that failed.
struct BatchFailure: Sendable {
    /// Counted from the batch's first task.
    let offset: Int
    /// After how many nanoseconds it is to be tried again, if at all.
    ///
    /// Asked once, where the task failed: the caller's predicate may count its calls, and may do what must not be done with
    /// a lock held.
    let retryDelay: UInt64?
}
