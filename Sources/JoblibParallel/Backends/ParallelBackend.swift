internal import JoblibSystem

/// Where the tasks of a parallel call run.
///
/// A backend is a value that names a place and its options; it holds nothing open. For each call it makes a
/// ``BackendSession``, which runs the call's batches. Feeding, batching, retries, timeouts, order, progress and errors are
/// not its business: the scheduler decides them, in the same way for every backend.
///
/// The contract, which `BackendConformance` of JoblibTesting checks:
/// 1. ``makeSession(_:)`` throws a ``JoblibError`` when the place can't be reached; nothing has run then.
/// 2. A session runs at most ``BackendSession/capacity`` batches at once and never needs more than that to make progress.
/// 3. For each submitted batch it calls, exactly once, either one of the `run` methods or ``TaskBatch/fail(_:)``.
/// 4. Two batches that run at once have different worker numbers, all in `0..<capacity`.
///
/// A backend that runs each batch on a thread of its own:
///
/// ```swift
/// struct FreshThreads: ParallelBackend {
///     let name = "fresh-threads"
///
///     func makeSession(_ request: SessionRequest) throws -> any BackendSession {
///         FreshThreadsSession(capacity: request.jobs)
///     }
/// }
///
/// final class FreshThreadsSession: BackendSession {
///     private struct State {
///         var queue: [TaskBatch] = []
///         var freeWorkers: [Int]
///         /// Who runs which batch.
///         var workers: [TaskBatch.ID: Int] = [:]
///         var isStopped = false
///     }
///
///     let capacity: Int
///     private let state: Lock<State>
///
///     init(capacity: Int) {
///         self.capacity = capacity
///         state = Lock(State(freeWorkers: Array(0..<capacity)))
///     }
///
///     func submit(_ batch: TaskBatch) {
///         state.withLock { if !$0.isStopped { $0.queue.append(batch) } }
///         startNext()
///     }
///
///     func abandon(_ batch: TaskBatch) {
///         // A thread can't be stopped. It is left behind, and its number goes to another.
///         ended(batch)
///     }
///
///     func stop() {
///         state.withLock { state in
///             state.isStopped = true
///             state.queue = []
///         }
///     }
///
///     private func startNext() {
///         let next = state.withLock { state -> (batch: TaskBatch, worker: Int)? in
///             guard !state.queue.isEmpty, let worker = state.freeWorkers.popLast() else { return nil }
///             let batch = state.queue.removeFirst()
///             state.workers[batch.id] = worker
///             return (batch, worker)
///         }
///         guard let next else { return }
///         if next.batch.isAsynchronous {
///             Task {
///                 await next.batch.run(worker: next.worker)
///                 self.ended(next.batch)
///             }
///         } else {
///             Thread.detachNewThread {
///                 next.batch.runBlocking(worker: next.worker)
///                 self.ended(next.batch)
///             }
///         }
///     }
///
///     private func ended(_ batch: TaskBatch) {
///         state.withLock { state in
///             if let worker = state.workers.removeValue(forKey: batch.id) { state.freeWorkers.append(worker) }
///         }
///         startNext()
///     }
/// }
/// ```
public protocol ParallelBackend: Sendable {
    /// The name for reports and the command line, as in `"threads"`.
    var name: String { get }
    /// The name in joblib's message "Using backend … with … concurrent workers."; by default the type's.
    var messageName: String { get }
    /// True when tasks see the caller's memory, as `require: .sharedMemory` demands. True by default.
    var sharesMemory: Bool { get }
    /// True when tasks run one after the other on the calling thread.
    var runsInCaller: Bool { get }

    /// How many tasks will run at once when the caller asks for `jobs`.
    ///
    /// - Parameters:
    ///   - jobs: What the caller asked for; `nil` when it left that open.
    ///   - processors: What this process may use.
    /// - Returns: At least 1; 0 says that there is no worker, and the call is refused.
    /// - Throws: ``JoblibError`` for a number that makes no sense.
    func effectiveJobs(_ jobs: JobCount?, processors: Int) throws -> Int

    /// Gets ready to run the batches of one call.
    ///
    /// - Throws: ``JoblibError`` when it can't.
    func makeSession(_ request: SessionRequest) throws -> any BackendSession
}

extension ParallelBackend {
    /// The type's name.
    public var messageName: String { "\(type(of: self))" }
    /// True.
    public var sharesMemory: Bool { true }
    /// False.
    public var runsInCaller: Bool { false }
    /// No batch may be larger than this.
    var largestBatch: Int { (self as? ProcessesBackend)?.options.maxTasksPerWorker ?? .max }

    /// joblib's meaning of the number; all processors when it was left open.
    public func effectiveJobs(_ jobs: JobCount?, processors: Int) throws -> Int {
        try (jobs ?? .allProcessors).effective(processors: processors)
    }
}
