extension Parallel {
    /// Calls an asynchronous `body` with each element, at most `jobs` of them under way at once.
    ///
    /// The bodies run as Swift tasks on own threads, so that one that blocks or computes holds nobody else up. They are
    /// children of the call: it does not return before they have ended, and cancels them when one fails or when the
    /// surrounding task is cancelled. Only a body that ignores its `timeout:` is left behind.
    ///
    /// ```swift
    /// let pages = try await Parallel(jobs: 16).map(urls) { try await fetch($0) }
    /// ```
    ///
    /// - Parameters:
    ///   - inputs: Any sequence of `Sendable` elements; it is read where the caller runs.
    ///   - body: Called once for each element.
    /// - Throws: ``TaskFailure`` for the first task that failed, ``JoblibError`` for options that make no sense,
    ///   `CancellationError` when the surrounding task was cancelled.
    @_disfavoredOverload
    public func map<S: Sequence, R: Sendable>(
        _ inputs: S,
        _ body: @escaping @Sendable (S.Element) async throws -> R
    ) async throws -> [R] where S.Element: Sendable {
        try await call(Feed(inputs), .asynchronous(body)).values()
    }

    /// Calls an asynchronous `body` with each element and with `shared`.
    ///
    /// - Throws: As ``map(_:_:)``.
    @_disfavoredOverload
    public func map<S: Sequence, Shared: Sendable, R: Sendable>(
        _ inputs: S,
        sharing shared: Shared,
        _ body: @escaping @Sendable (S.Element, Shared) async throws -> R
    ) async throws -> [R] where S.Element: Sendable {
        try await call(Feed(inputs), .asynchronous(sharing: shared, body)).values()
    }
}
