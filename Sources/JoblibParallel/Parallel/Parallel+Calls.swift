extension Parallel {
    /// Makes delayed calls, up to `jobs` of them at once, and returns their results in order: joblib's own form.
    ///
    /// ```swift
    /// let roots = try Parallel(jobs: 2)((0..<10).map { delayed(sqrt)(Double($0 * $0)) })
    /// ```
    ///
    /// - Parameter calls: Any sequence of ``DelayedCall``s, lazy ones included: it is read on this thread, as far ahead of the
    ///   workers as `preDispatch` says.
    /// - Throws: ``TaskFailure`` for the first call that failed, ``JoblibError`` for options that make no sense,
    ///   `CancellationError` when the Swift task around the call was cancelled.
    @inlinable
    public func callAsFunction<R: Sendable>(_ calls: some Sequence<DelayedCall<R>>) throws -> [R] {
        try call(Feed(calls), .calls()).values()
    }

    /// Makes the delayed calls of an array: the fast road of ``callAsFunction(_:)``.
    @inlinable
    public func callAsFunction<R: Sendable>(_ calls: [DelayedCall<R>]) throws -> [R] {
        try mapFast(calls, { try $0.body() }, otherwise: .calls())
    }

    /// Makes delayed calls on up to `jobs` own threads, while the caller is suspended.
    ///
    /// - Throws: As the blocking form; `CancellationError` as soon as the surrounding task is cancelled.
    @inlinable
    public func callAsFunction<R: Sendable>(_ calls: some Sequence<DelayedCall<R>>) async throws -> [R] {
        try await call(Feed(calls), .calls()).values()
    }

    /// Makes the delayed calls of an array, while the caller is suspended.
    @inlinable
    public func callAsFunction<R: Sendable>(_ calls: [DelayedCall<R>]) async throws -> [R] {
        try await mapFast(calls, { try $0.body() }, otherwise: .calls())
    }
}
