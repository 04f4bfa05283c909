/// Runs the tasks on threads of this process: the default, as Swift has no global lock.
///
/// The threads are the package's own, so that tasks may block or compute as long as they like without holding up the rest
/// of the program. A trap in a task ends the program, and a task can't be stopped from outside.
public struct ThreadsBackend: ParallelBackend {
    /// Makes the backend; `.threads` is shorter.
    public init() {}

    /// `"threads"`.
    public var name: String { "threads" }
    /// joblib's name.
    public var messageName: String { "ThreadingBackend" }

    public func makeSession(_ request: SessionRequest) throws -> any BackendSession {
        ThreadSession(request)
    }
}

extension ParallelBackend where Self == ThreadsBackend {
    /// Threads of this process.
    public static var threads: ThreadsBackend { ThreadsBackend() }
}
