extension Parallel {
    /// Calls `body` with each element and hands results out while the others are computed.
    ///
    /// Work begins at once, on own threads (with `jobs: 1`: when a result is asked for). See ``ParallelResults``.
    ///
    /// ```swift
    /// let results = Parallel(jobs: 8).stream(files, order: .completion) { try ocr($0) }
    /// while let page = try results.next() { index.add(page) }
    /// ```
    ///
    /// - Parameters:
    ///   - inputs: Any sequence of `Sendable` elements, lazy and endless ones included; it is read where the results are.
    ///   - order: That of the input, or that in which tasks end.
    ///   - body: Called on several threads at once. It may block.
    /// - Returns: The results to come. Reading them throws what went wrong, ``JoblibError`` for options that make no sense
    ///   included; making the stream throws nothing.
    @inlinable
    public func stream<S: Sequence, R: Sendable>(
        _ inputs: S,
        order: ResultOrder = .submission,
        _ body: @escaping @Sendable (S.Element) throws -> R
    ) -> ParallelResults<R> where S.Element: Sendable {
        stream(Feed(inputs), order, .blocking(body))
    }

    /// Makes delayed calls and hands results out while the others are computed.
    ///
    /// - Parameters:
    ///   - calls: Any sequence of calls, lazy and endless ones included.
    ///   - order: That of the input, or that in which calls end.
    /// - Returns: As ``stream(_:order:_:)``.
    @inlinable
    public func stream<R: Sendable>(
        of calls: some Sequence<DelayedCall<R>>,
        order: ResultOrder = .submission
    ) -> ParallelResults<R> {
        stream(Feed(calls), order, .calls())
    }

    /// Calls an asynchronous `body` with each element, at most `jobs` of them under way at once, and hands results out while
    /// the others are computed. Read it with `for try await`.
    ///
    /// - Returns: As ``stream(_:order:_:)``.
    @_disfavoredOverload
    public func stream<S: Sequence, R: Sendable>(
        _ inputs: S,
        order: ResultOrder = .submission,
        _ body: @escaping @Sendable (S.Element) async throws -> R
    ) -> ParallelResults<R> where S.Element: Sendable {
        stream(Feed(inputs), order, .asynchronous(body))
    }

    @usableFromInline
    func stream<Element: Sendable, R: Sendable>(
        _ feed: Feed<Element>,
        _ order: ResultOrder,
        _ work: Work<Element, R>
    ) -> ParallelResults<R> {
        do {
            let plan = try RunPlan(options, pool: pool)
            let stream = try CallStream(startsNow: !plan.isSequential || work.isAsynchronous) { asynchronous in
                try Call(feed, work, plan, asynchronous: asynchronous, isStream: true, order: order)
            }
            return ParallelResults(stream)
        } catch {
            return ParallelResults(FailedStream(error: error))
        }
    }
}
