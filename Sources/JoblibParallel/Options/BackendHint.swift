/// A soft wish about the backend, for `prefer:`; it decides only where no backend is chosen.
///
/// ```swift
/// // Library code: threads are enough here, but a user's own choice of backend wins.
/// try Parallel(prefer: .threads).map(pages) { try parse($0) }
/// ```
public enum BackendHint: Sendable, Hashable {
    /// Tasks run in this process: cheap to start, and variables are shared.
    case threads
    /// Tasks run in worker processes, where they can: a crash or a timeout ends one task, not the program. Tasks that can't
    /// travel, as those that capture something, run on threads.
    case processes
}
