internal import JoblibSystem

/// A session whose outcomes have to be fetched: by the caller while it waits, so that news need no second thread.
protocol ArrivalSource: BackendSession {
    /// Handles what has arrived; false when there was nothing.
    func takeArrivals() -> Bool

    /// Blocks until something has arrived, or `isSignalled`, or somebody rings the bell.
    func waitForArrivals(or isSignalled: () -> Bool)

    /// Wakes who waits for arrivals.
    func wakeUp()

    /// When to look at a batch again whose time should be over: its task may have begun later than it was given. `nil` when
    /// its time is over.
    func deadline(of batch: TaskBatch) -> UInt64?

    /// What the worker of a batch looks like at this moment, as when the batch's time is over.
    func evidence(on batch: TaskBatch) -> WorkerEvidence?
}

/// What is known of the process that runs a task, or ran it.
struct WorkerEvidence: Sendable {
    var identity: WorkerIdentity
    var traceback: [TracebackFrame]
    var standardErrorTail: String
}
