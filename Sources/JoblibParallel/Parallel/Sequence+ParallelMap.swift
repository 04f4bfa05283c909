extension Sequence where Element: Sendable {
    /// Shorthand for ``Parallel/map(_:_:)``.
    ///
    /// ```swift
    /// let labels = try files.parallelMap(jobs: 8) { try label($0) }
    /// ```
    ///
    /// - Parameters:
    ///   - jobs: How many tasks run at once; all processors by default.
    ///   - backend: Where they run; threads by default.
    ///   - body: Called on several threads at once. It may block.
    /// - Throws: As ``Parallel/map(_:_:)``.
    public func parallelMap<R: Sendable>(
        jobs: JobCount? = nil,
        backend: (any ParallelBackend)? = nil,
        _ body: @escaping @Sendable (Element) throws -> R
    ) throws -> [R] {
        try Parallel(jobs: jobs, backend: backend).map(self, body)
    }

    /// Shorthand for the asynchronous `Parallel.map`.
    ///
    /// - Throws: As ``Parallel/map(_:_:)``.
    public func parallelMap<R: Sendable>(
        jobs: JobCount? = nil,
        backend: (any ParallelBackend)? = nil,
        _ body: @escaping @Sendable (Element) throws -> R
    ) async throws -> [R] {
        try await Parallel(jobs: jobs, backend: backend).map(self, body)
    }

    /// Shorthand for `Parallel.map` with an asynchronous body.
    ///
    /// - Throws: As ``Parallel/map(_:_:)``.
    @_disfavoredOverload
    public func parallelMap<R: Sendable>(
        jobs: JobCount? = nil,
        backend: (any ParallelBackend)? = nil,
        _ body: @escaping @Sendable (Element) async throws -> R
    ) async throws -> [R] {
        try await Parallel(jobs: jobs, backend: backend).map(self, body)
    }
}

extension RandomAccessCollection where Self: Sendable, Element: Sendable {
    /// Shorthand for ``Parallel/map(_:_:)``, the fast road.
    @inlinable
    @inline(__always)
    public func parallelMap<R: Sendable>(
        jobs: JobCount? = nil,
        backend: (any ParallelBackend)? = nil,
        _ body: @escaping @Sendable (Element) throws -> R
    ) throws -> [R] {
        try Parallel(jobs: jobs, backend: backend).map(self, body)
    }
}
