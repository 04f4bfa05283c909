extension Parallel {
    /// As ``map(_:_:)-(S,_)``, with a report of what ran where and when.
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
    /// - Throws: As ``map(_:_:)-(S,_)``. After a failure ``lastReport`` has the report.
    public func mapWithReport<S: Sequence, R: Sendable>(
        _ inputs: S,
        _ body: @escaping @Sendable (S.Element) throws -> R
    ) throws -> (results: [R], report: RunReport) where S.Element: Sendable {
        let call = try listCall(inputs, .blocking(body) { TaskNaming.call(body, $0) }, records: true)
        let (results, report) = try call.runWithReport()
        return (try results.map { try $0.get() }, report)
    }

    /// As the blocking form, while the caller is suspended.
    ///
    /// - Throws: As ``map(_:_:)-(S,_)``.
    public func mapWithReport<S: Sequence, R: Sendable>(
        _ inputs: S,
        _ body: @escaping @Sendable (S.Element) throws -> R
    ) async throws -> (results: [R], report: RunReport) where S.Element: Sendable {
        let work = Work<S.Element, R>.blocking(body) { TaskNaming.call(body, $0) }
        let call = try listCall(inputs, work, asynchronous: true, records: true)
        let (results, report) = try await call.runWithReportAsynchronously()
        return (try results.map { try $0.get() }, report)
    }

    /// With an asynchronous body, at most `jobs` of them under way at once.
    ///
    /// - Throws: As ``map(_:_:)-(S,_)``.
    @_disfavoredOverload
    public func mapWithReport<S: Sequence, R: Sendable>(
        _ inputs: S,
        _ body: @escaping @Sendable (S.Element) async throws -> R
    ) async throws -> (results: [R], report: RunReport) where S.Element: Sendable {
        let call = try listCall(inputs, Work<S.Element, R>.asynchronous(body), asynchronous: true, records: true)
        let (results, report) = try await call.runWithReportAsynchronously()
        return (try results.map { try $0.get() }, report)
    }
}
