// Where all forms of a call come together.
extension Parallel {
    /// Makes a call that gathers all results; its first failure ends it, unless `keepsFailures`.
    @usableFromInline
    func call<Element: Sendable, Output: Sendable>(
        _ feed: Feed<Element>,
        _ work: Work<Element, Output>,
        keepsFailures: Bool = false,
        records: Bool = false
    ) throws -> CallResults<Output> {
        let plan = try plan(keepsFailures: keepsFailures, records: records)
        return try Call(feed, work, plan, asynchronous: false).run()
    }

    /// As the blocking form, while the caller is suspended.
    @usableFromInline
    func call<Element: Sendable, Output: Sendable>(
        _ feed: Feed<Element>,
        _ work: Work<Element, Output>,
        keepsFailures: Bool = false,
        records: Bool = false
    ) async throws -> CallResults<Output> {
        let plan = try plan(keepsFailures: keepsFailures, records: records)
        return try await Call(feed, work, plan, asynchronous: true).run()
    }

    private func plan(keepsFailures: Bool, records: Bool) throws -> RunPlan {
        var plan = try RunPlan(options, pool: pool)
        plan.failsFast = !keepsFailures
        plan.recordsSpans = records
        return plan
    }
}
