/// What a call asks of its backend.
public struct SessionRequest: Sendable {
    /// How many tasks may run at once.
    public let jobs: Int
    /// True when the caller suspends instead of blocking: its thread may not be used to run tasks.
    public let callerIsAsynchronous: Bool
    /// True when the tasks have a timeout, so that batches may have to be given up.
    public let hasTimeout: Bool
    /// joblib's temp_folder.
    public let temporaryDirectory: String?
    /// From how many bytes on arrays are shared instead of copied; `nil`: never.
    public let sharedMemoryThreshold: Int?
    /// The threads that this call shares with the call it is nested in.
    let budget: ThreadBudget
    /// The threads of the `withPool` around the call, or everybody's.
    let pool: ThreadPool
    /// The worker processes of the `withPool` around the call, or everybody's.
    let workers: WorkerPools
    /// How the tasks travel; `nil` where they need not.
    let remote: RemoteRunDescription?
    let remoteRun: RemoteRunOptions
}

extension SessionRequest {
    /// The request of a call that has nothing to do with any other; for conformance checks.
    package init(jobs: Int, callerIsAsynchronous: Bool, hasTimeout: Bool) {
        self.init(
            jobs: jobs,
            callerIsAsynchronous: callerIsAsynchronous,
            hasTimeout: hasTimeout,
            temporaryDirectory: nil,
            sharedMemoryThreshold: nil,
            budget: ThreadBudget(limit: jobs),
            pool: .shared,
            workers: .shared,
            remote: nil,
            remoteRun: RemoteRunOptions(seed: 0, timeout: 0, stopsAtFailure: false, keepsWorkers: false)
        )
    }
}
