internal import JoblibSystem
public import Logging

/// The package's own records: label `joblib`, to whatever the program bootstrapped swift-log with.
///
/// A logger is made when there is something to say, so that it finds the program's bootstrap done.
enum JoblibLog {
    static func retrying(_ failure: TaskFailure, after delay: Duration) {
        Logger(label: "joblib").debug(
            "a task failed and is tried again",
            metadata: [
                "task": "\(failure.index)",
                "attempt": "\(failure.attempt)",
                "call": "\(failure.call)",
                "reason": "\(failure.underlying.map { String(describing: $0) } ?? "\(failure.reason)")",
                "delay": "\(delay)",
            ]
        )
    }

    static func fewerWorkers(_ error: SystemError) {
        Logger(label: "joblib").warning(
            "the system refuses another worker process; the call goes on with those that there are",
            metadata: ["reason": "\(error)"]
        )
    }

    static func stayingOnThreads(_ error: JoblibError) {
        Logger(label: "joblib").debug(
            "processes are preferred, but the tasks cannot travel; they run on threads",
            metadata: ["reason": "\(error)"]
        )
    }

    static func leftBehind(task: Int, worker: Int, timeout: Duration) {
        Logger(label: "joblib").debug(
            "a task ran longer than its timeout and was left behind; it keeps its thread until it ends",
            metadata: ["task": "\(task)", "worker": "\(worker)", "timeout": "\(timeout)"]
        )
    }
}

extension Logger.MetadataProvider {
    /// Adds `joblib.task` and `joblib.worker` to what is logged inside tasks, on any backend.
    ///
    /// ```swift
    /// LoggingSystem.bootstrap(StreamLogHandler.standardError, metadataProvider: .joblibTask)
    /// ```
    public static var joblibTask: Logger.MetadataProvider {
        Logger.MetadataProvider {
            guard TaskContext.isInsideTask else { return [:] }
            let context = TaskContext.current
            return ["joblib.task": "\(context.index)", "joblib.worker": "\(context.workerIndex)"]
        }
    }
}
