internal import JoblibSystem

/// One of the program's own tasks failed.
///
/// Every backend, `jobs: 1` included, reports a failed task in this way: which task, what was called with which values, why,
/// and where. Trouble with the machinery or with its use is a ``JoblibError`` instead.
///
/// ```swift
/// do {
///     let pages = try Parallel(jobs: 8).map(files) { try ocr($0) }
/// } catch let failure as TaskFailure {
///     print(files[failure.index], failure.reason, failure.underlying as Any)
/// }
/// ```
public struct TaskFailure: Error, Sendable {
    /// Why a task failed.
    public enum Reason: Sendable, Hashable {
        /// The function threw ``TaskFailure/underlying``.
        case threw
        /// The worker process died of a signal, as after a trap or a bad pointer.
        case crashed(signal: Int32, message: String?)
        /// The worker process ended by itself.
        case exited(code: Int32)
        /// The task ran longer than the call's `timeout:`.
        case timedOut(after: Duration)
        /// The call ended before the task did.
        case cancelled
        /// The result could not be read back from the worker.
        case unreadableResult
    }

    // A class, so that a result of the size of a number stays small when it may be a failure instead.
    private final class Storage: Sendable {
        let index: Int
        let call: TaskCall
        let reason: Reason
        let underlying: (any Error)?
        let traceback: [TracebackFrame]
        let worker: WorkerIdentity
        let attempt: Int
        let standardErrorTail: String
        let tasksDone: Int?
        let time: Int64

        init(
            index: Int,
            call: TaskCall,
            reason: Reason,
            underlying: (any Error)?,
            traceback: [TracebackFrame],
            worker: WorkerIdentity,
            attempt: Int,
            standardErrorTail: String,
            tasksDone: Int?,
            time: Int64
        ) {
            self.index = index
            self.call = call
            self.reason = reason
            self.underlying = underlying
            self.traceback = traceback
            self.worker = worker
            self.attempt = attempt
            self.standardErrorTail = standardErrorTail
            self.tasksDone = tasksDone
            self.time = time
        }
    }

    private let storage: Storage

    /// - Parameter time: When it failed, in seconds since 1970; nil: now.
    package init(
        index: Int,
        call: TaskCall,
        reason: Reason,
        underlying: (any Error)? = nil,
        traceback: [TracebackFrame] = [],
        worker: WorkerIdentity,
        attempt: Int = 1,
        standardErrorTail: String = "",
        tasksDone: Int? = nil,
        time: Int64? = nil
    ) {
        storage = Storage(
            index: index,
            call: call,
            reason: reason,
            underlying: underlying,
            traceback: traceback,
            worker: worker,
            attempt: attempt,
            standardErrorTail: standardErrorTail,
            tasksDone: tasksDone,
            time: time ?? WallClock.seconds
        )
    }

    /// The task's position in the input, from 0.
    public var index: Int { storage.index }
    /// What was called with what.
    public var call: TaskCall { storage.call }
    /// Why it failed.
    public var reason: Reason { storage.reason }
    /// The error that the function threw; `nil` when it failed in another way.
    public var underlying: (any Error)? { storage.underlying }
    /// The stack from where the error was thrown or the worker died, innermost first; empty where none can be taken, as for
    /// errors thrown on a thread of this process.
    public var traceback: [TracebackFrame] { storage.traceback }
    /// Who ran the task.
    public var worker: WorkerIdentity { storage.worker }
    /// Which attempt failed; more than 1 after retries.
    public var attempt: Int { storage.attempt }
    /// The last lines that the worker process wrote to standard error; empty for threads, which share this process's.
    public var standardErrorTail: String { storage.standardErrorTail }
    /// How many tasks of the call had ended well when this failure ended it; `nil` where failures are kept as values.
    public var tasksDone: Int? { storage.tasksDone }
    /// When it failed, in seconds since 1970.
    package var time: Int64 { storage.time }

    /// The same failure, saying how far the call had come.
    package func ending(callAfter done: Int) -> TaskFailure {
        TaskFailure(
            index: index,
            call: call,
            reason: reason,
            underlying: underlying,
            traceback: traceback,
            worker: worker,
            attempt: attempt,
            standardErrorTail: standardErrorTail,
            tasksDone: done,
            time: time
        )
    }
}
