extension Parallel {
    /// As ``map(_:_:)``, with each task's failure as a value in its place: nothing is lost, nothing is thrown for a task.
    ///
    /// ```swift
    /// for (file, result) in zip(files, try Parallel(jobs: 8).mapResults(files) { try parse($0) }) {
    ///     switch result {
    ///     case .success(let document): store(document)
    ///     case .failure(let failure): print(file, failure)
    ///     }
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - inputs: Any sequence of `Sendable` elements.
    ///   - body: Called on several threads at once. It may block.
    /// - Returns: One result for each element, in order.
    /// - Throws: ``JoblibError`` for options that make no sense, `CancellationError` when the Swift task around the call was
    ///   cancelled. Does not throw for a task that failed.
    public func mapResults<S: Sequence, R: Sendable>(
        _ inputs: S,
        _ body: @escaping @Sendable (S.Element) throws -> R
    ) throws -> [Result<R, TaskFailure>] where S.Element: Sendable {
        try call(Feed(inputs), .blocking(body), keepsFailures: true).results()
    }

    /// As ``mapResults(_:_:)``, with a value that is sent once to each worker.
    ///
    /// - Throws: As ``mapResults(_:_:)``.
    public func mapResults<S: Sequence, Shared: Sendable, R: Sendable>(
        _ inputs: S,
        sharing shared: Shared,
        _ body: @escaping @Sendable (S.Element, Shared) throws -> R
    ) throws -> [Result<R, TaskFailure>] where S.Element: Sendable {
        let work = Work<S.Element, R>.blocking(sharing: shared, body)
        return try call(Feed(inputs), work, keepsFailures: true).results()
    }

    /// Makes delayed calls and returns each one's result or failure, in order.
    ///
    /// ```swift
    /// let results = try Parallel(jobs: 4).results(of: configurations.map { delayed(scoreModel)(data, $0) })
    /// let best = results.compactMap { try? $0.get() }.min()
    /// ```
    ///
    /// - Throws: As ``mapResults(_:_:)``.
    public func results<R: Sendable>(
        of calls: some Sequence<DelayedCall<R>>
    ) throws -> [Result<R, TaskFailure>] {
        try call(Feed(calls), .calls(), keepsFailures: true).results()
    }

    // MARK: - Asynchronous callers

    /// As the blocking form, while the caller is suspended.
    ///
    /// - Throws: As ``mapResults(_:_:)``.
    public func mapResults<S: Sequence, R: Sendable>(
        _ inputs: S,
        _ body: @escaping @Sendable (S.Element) throws -> R
    ) async throws -> [Result<R, TaskFailure>] where S.Element: Sendable {
        let work = Work<S.Element, R>.blocking(body)
        return try await call(Feed(inputs), work, keepsFailures: true).results()
    }

    /// As the blocking form, while the caller is suspended.
    ///
    /// - Throws: As ``mapResults(_:_:)``.
    public func mapResults<S: Sequence, Shared: Sendable, R: Sendable>(
        _ inputs: S,
        sharing shared: Shared,
        _ body: @escaping @Sendable (S.Element, Shared) throws -> R
    ) async throws -> [Result<R, TaskFailure>] where S.Element: Sendable {
        let work = Work<S.Element, R>.blocking(sharing: shared, body)
        return try await call(Feed(inputs), work, keepsFailures: true).results()
    }

    /// As the blocking form, while the caller is suspended.
    ///
    /// - Throws: As ``mapResults(_:_:)``.
    public func results<R: Sendable>(
        of calls: some Sequence<DelayedCall<R>>
    ) async throws -> [Result<R, TaskFailure>] {
        try await call(Feed(calls), .calls(), keepsFailures: true).results()
    }

    /// With an asynchronous body, at most `jobs` of them under way at once.
    ///
    /// - Throws: As ``mapResults(_:_:)``.
    @_disfavoredOverload
    public func mapResults<S: Sequence, R: Sendable>(
        _ inputs: S,
        _ body: @escaping @Sendable (S.Element) async throws -> R
    ) async throws -> [Result<R, TaskFailure>] where S.Element: Sendable {
        try await call(Feed(inputs), .asynchronous(body), keepsFailures: true).results()
    }

    /// With an asynchronous body and a value that is sent once to each worker.
    ///
    /// - Throws: As ``mapResults(_:_:)``.
    @_disfavoredOverload
    public func mapResults<S: Sequence, Shared: Sendable, R: Sendable>(
        _ inputs: S,
        sharing shared: Shared,
        _ body: @escaping @Sendable (S.Element, Shared) async throws -> R
    ) async throws -> [Result<R, TaskFailure>] where S.Element: Sendable {
        let work = Work<S.Element, R>.asynchronous(sharing: shared, body)
        return try await call(Feed(inputs), work, keepsFailures: true).results()
    }
}
