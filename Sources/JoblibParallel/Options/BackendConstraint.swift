internal import JoblibSystem

/// A hard demand on the backend, for `require:`; it wins over `prefer` and over the surrounding configuration.
///
/// ```swift
/// let seen = Lock(Set<String>())
/// try Parallel(require: .sharedMemory).forEach(words) { word in seen.withLock { _ = $0.insert(word) } }
/// ```
public enum BackendConstraint: Sendable, Hashable {
    /// Tasks must see the caller's variables: a backend that runs them elsewhere is refused.
    case sharedMemory

    /// Refuses a wish and a demand that no backend can meet together.
    package static func check(prefer hint: BackendHint?, require constraint: Self?) throws(JoblibError) {
        if hint == .processes, constraint == .sharedMemory {
            throw .preferAndRequireInconsistent
        }
    }
}
