/// Runs the batches of one call. See ``ParallelBackend`` for the contract.
public protocol BackendSession: Sendable {
    /// How many batches can run at once.
    var capacity: Int { get }

    /// Runs `batch` when a worker is free. Returns soon; a session that runs batches in the caller returns when it has run.
    func submit(_ batch: TaskBatch)

    /// The result of `batch` is not wanted any more: free its worker if that can be done, else leave it behind.
    ///
    /// Another batch may be submitted for its worker at once. What the batch still reports is ignored.
    func abandon(_ batch: TaskBatch)

    /// The call is over: drop the batches that have not started, tell those that run.
    func stop()
}
