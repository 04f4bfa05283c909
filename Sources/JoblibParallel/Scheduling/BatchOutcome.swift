/// What came of a batch.
struct BatchOutcome<Output: Sendable>: Sendable {
    /// One for each task that ran, in order.
    var results: [Result<Output, TaskFailure>]
    /// Which of them are failures.
    var failed: [Int]
    var worker: Int
    /// On the monotonic clock.
    var started: UInt64
    var ended: UInt64

    var runTime: Duration { .nanoseconds(Int64(clamping: ended - started)) }

    /// The failures, with the positions of their tasks.
    func failures(from first: Int) -> [(index: Int, failure: TaskFailure)] {
        failed.compactMap { offset in
            guard case .failure(let failure) = results[offset] else { return nil }
            return (first + offset, failure)
        }
    }
}
