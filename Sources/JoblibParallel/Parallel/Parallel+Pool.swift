// The two forms of withPool differ in `async`, which tells the compiler which one is meant.
// swift-format-ignore: AmbiguousTrailingClosureOverload
extension Parallel {
    /// Keeps workers between calls, and ends them when `body` ends.
    ///
    /// Outside of a pool workers are shared by the whole program and end when they have been idle for some seconds.
    ///
    /// ```swift
    /// try Parallel(jobs: 4).withPool { parallel in
    ///     for _ in 0..<10 { state = try parallel.map(state) { try step($0) } }
    /// }
    /// ```
    ///
    /// - Parameter body: Makes its calls with the value that it is given.
    /// - Throws: What `body` throws.
    public func withPool<R>(_ body: (Parallel) throws -> R) rethrows -> R {
        let pool = CallPool()
        defer { pool.close() }
        return try body(using(pool))
    }

    /// Keeps workers between calls, and ends them when `body` ends; for asynchronous code.
    ///
    /// - Parameter body: Makes its calls with the value that it is given.
    /// - Throws: What `body` throws.
    public func withPool<R>(_ body: (Parallel) async throws -> R) async rethrows -> R {
        let pool = CallPool()
        defer { pool.close() }
        return try await body(using(pool))
    }

    private func using(_ pool: CallPool) -> Parallel {
        var parallel = self
        parallel.pool = pool
        return parallel
    }
}
