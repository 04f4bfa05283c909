internal import JoblibSystem

/// The options of one call, checked and with every default filled in.
struct RunPlan: Sendable {
    var backend: any ParallelBackend
    /// The backend is a wish: another one takes its place where the tasks can't run on it.
    let isBackendWish: Bool
    /// How many tasks may run at once.
    let jobs: Int
    /// The number that the caller wrote, for messages.
    let label: Int
    /// How many batches may be under way; `nil`: all.
    let window: Int?
    /// The caller has said so.
    let isWindowGiven: Bool
    /// How many tasks make a batch; `nil`: found by measuring.
    let batchSize: Int?
    /// No batch is larger.
    let largestBatch: Int
    /// How many tasks a thread takes at a time on the fast road; `nil`: found by measuring.
    let chunkSize: Int?
    let timeout: Duration?
    let retries: RetryPolicy
    let verbose: Int
    let progress: ProgressStyle
    let temporaryDirectory: String?
    let sharedMemoryThreshold: Int?
    /// `nil`: drawn when a task asks for a random number.
    let seed: UInt64?
    let pool: ThreadPool
    let workers: WorkerPools
    /// The task that makes this call, if one does.
    let parent: RunScope?
    /// The first failure ends the call.
    var failsFast = true
    /// Spans are kept for the report.
    var recordsSpans = false
    /// The call returns only when the tasks that run have ended.
    var waitsForRunning = false

    /// True when the tasks run one after the other in the caller.
    var isSequential: Bool { backend.runsInCaller }

    /// True when nothing is asked for but the results: then the tasks can be run without books being kept for each.
    var isPlain: Bool {
        timeout == nil && retries.count == 0 && verbose <= 0 && !progress.isShown && !recordsSpans
            && (type(of: backend) == ThreadsBackend.self || type(of: backend) == SequentialBackend.self)
    }

    /// - Parameter callerWorks: True when the calling thread runs tasks.
    func scope(callerWorks: Bool) -> RunScope {
        RunScope(parent: parent, jobs: jobs, callerWorks: callerWorks, seed: seed)
    }

    func request(asynchronous: Bool, scope: RunScope, remote: RemoteRunDescription?) -> SessionRequest {
        SessionRequest(
            jobs: jobs,
            callerIsAsynchronous: asynchronous,
            hasTimeout: timeout != nil,
            temporaryDirectory: temporaryDirectory,
            sharedMemoryThreshold: sharedMemoryThreshold,
            budget: scope.budget,
            pool: pool,
            workers: workers,
            remote: remote,
            remoteRun: RemoteRunOptions(
                seed: remote == nil ? 0 : scope.seed,
                timeout: UInt64(clamping: timeout?.nanoseconds ?? 0),
                stopsAtFailure: failsFast && retries.count == 0,
                keepsWorkers: workers !== WorkerPools.shared
            )
        )
    }

    /// How many batches of a worker process may be under way when nobody sees how far ahead the input is read: enough for
    /// it to have its next ones when they take a microsecond.
    private static var storedPerJob: Int { 32 }

    /// - Parameter readsAhead: True when the input lies in memory and the tasks travel.
    func dispatchSettings(total: Int?, backlog: Int? = nil, readsAhead: Bool = false) -> Dispatch.Settings {
        // In the caller, a task is taken when the one before has ended.
        let window = isSequential ? 1 : window
        // Batches whose size is measured begin small, and are soon large enough.
        let readsAhead = readsAhead && batchSize != nil && backlog == nil && !isWindowGiven
        return Dispatch.Settings(
            jobs: jobs,
            window: readsAhead && jobs < 1_000 ? window.map { max($0, jobs * Self.storedPerJob) } : window,
            shownWindow: window,
            batchSize: batchSize,
            retries: retries.count,
            failsFast: failsFast,
            backlog: backlog,
            total: total,
            largestBatch: largestBatch
        )
    }

    /// How long to wait before the task is tried again, in nanoseconds; `nil` when it is not.
    func retryDelay(_ failure: TaskFailure, in scope: RunScope) -> UInt64? {
        guard retries.allowsRetry(after: failure) else { return nil }
        var jitter = TaskRandom(seed: scope.seed, taskIndex: failure.index)
        let delay = retries.delay(beforeAttempt: failure.attempt + 1, unit: .random(in: 0..<1, using: &jitter))
        return UInt64(clamping: delay.nanoseconds)
    }
}
