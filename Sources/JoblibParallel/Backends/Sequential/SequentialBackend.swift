/// Runs the tasks one after the other in the caller: joblib's `n_jobs=1`, for debugging and as the reference.
///
/// An asynchronous caller gets a single thread instead, so that it is never blocked. A task that overruns its `timeout:` is
/// reported when it has ended: nobody is there to leave it behind.
public struct SequentialBackend: ParallelBackend {
    /// Makes the backend; `.sequential` is shorter.
    public init() {}

    /// `"sequential"`.
    public var name: String { "sequential" }
    /// True.
    public var runsInCaller: Bool { true }

    /// Always 1.
    public func effectiveJobs(_ jobs: JobCount?, processors: Int) throws -> Int {
        _ = try jobs?.effective(processors: processors)
        return 1
    }

    public func makeSession(_ request: SessionRequest) throws -> any BackendSession {
        request.callerIsAsynchronous ? ThreadSession(request) : SequentialSession()
    }
}

extension ParallelBackend where Self == SequentialBackend {
    /// One task after the other in the caller.
    public static var sequential: SequentialBackend { SequentialBackend() }
}
