internal import JoblibSystem

/// Names for backends, for the `JOBLIB_BACKEND` environment variable and the command line.
///
/// A program that passes its backend as a value needs no name for it.
///
/// ```swift
/// ParallelBackendRegistry.register("fresh-threads") { FreshThreads() }
/// ```
public enum ParallelBackendRegistry {
    private static let makers = Lock<[String: @Sendable () throws -> any ParallelBackend]>([
        "sequential": { .sequential },
        "threads": { .threads },
        "processes": { .processes },
        // joblib's names.
        "threading": { .threads },
        "loky": { .processes },
        "multiprocessing": { .processes },
    ])

    /// Gives a backend a name, or a name a new backend.
    ///
    /// - Parameters:
    ///   - name: What users write, as in `JOBLIB_BACKEND=name`.
    ///   - make: Makes the backend when it is asked for.
    public static func register(_ name: String, _ make: @escaping @Sendable () throws -> any ParallelBackend) {
        makers.withLock { $0[name] = make }
    }

    /// The names that are known, sorted.
    public static var names: [String] { makers.withLock { $0.keys.sorted() } }

    /// The backend of that name.
    ///
    /// - Throws: ``JoblibError`` for a name that nobody registered, and whatever the registered closure throws.
    public static func backend(named name: String) throws -> any ParallelBackend {
        guard let make = makers.withLock({ $0[name] }) else {
            throw JoblibError.unknownBackend(name, expected: names)
        }
        return try make()
    }

    /// The backend that the environment asks for.
    static func environmentBackend() throws -> (any ParallelBackend)? {
        try environmentName.map(backend(named:))
    }

    /// Read once: a call that takes a microsecond can't search the environment.
    static let environmentName = Environment.value("JOBLIB_BACKEND").flatMap { $0.isEmpty ? nil : $0 }
}
