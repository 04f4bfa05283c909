extension Parallel {
    /// As ``map(_:_:)``, with a report of what ran where and when.
    ///
    /// ```swift
    /// let (pages, report) = try Parallel(jobs: 8).mapWithReport(files) { try ocr($0) }
    /// print(report)
    /// try report.writeTimeline(to: "run.svg")
    /// ```
    ///
    /// - Parameters:
    ///   - inputs: Any sequence of `Sendable` elements.
    ///   - body: Called on several threads at once. It may block.
    /// - Returns: The results in order, and the report with a span for each batch.
    /// - Throws: As ``map(_:_:)``. After a failure ``lastReport`` has the report.
    public func mapWithReport<S: Sequence, R: Sendable>(
        _ inputs: S,
        _ body: @escaping @Sendable (S.Element) throws -> R
    ) throws -> (results: [R], report: RunReport) where S.Element: Sendable {
        let outcome = try call(Feed(inputs), .blocking(body), records: true)
        return (try outcome.values(), outcome.report)
    }

    /// As the blocking form, while the caller is suspended.
    ///
    /// - Throws: As ``map(_:_:)``.
    public func mapWithReport<S: Sequence, R: Sendable>(
        _ inputs: S,
        _ body: @escaping @Sendable (S.Element) throws -> R
    ) async throws -> (results: [R], report: RunReport) where S.Element: Sendable {
        let work = Work<S.Element, R>.blocking(body)
        let outcome = try await call(Feed(inputs), work, records: true)
        return (try outcome.values(), outcome.report)
    }

    /// With an asynchronous body, at most `jobs` of them under way at once.
    ///
    /// - Throws: As ``map(_:_:)``.
    @_disfavoredOverload
    public func mapWithReport<S: Sequence, R: Sendable>(
        _ inputs: S,
        _ body: @escaping @Sendable (S.Element) async throws -> R
    ) async throws -> (results: [R], report: RunReport) where S.Element: Sendable {
        let outcome = try await call(Feed(inputs), Work<S.Element, R>.asynchronous(body), records: true)
        return (try outcome.values(), outcome.report)
    }
}
