/// A call under way, seen from its caller: the input beside the core that wants to be fed.
///
/// Not Sendable: the input belongs to the caller.
struct Call<Element: Sendable, Output: Sendable> {
    let core: RunCore<Element, Output>
    let feed: Feed<Element>
    private let parent: RunScope?

    init<S: Sequence>(
        _ inputs: S,
        _ work: Work<Element, Output>,
        _ given: RunPlan,
        asynchronous: Bool,
        isStream: Bool = false,
        order: ResultOrder = .submission
    ) throws where S.Element == Element {
        var plan = given
        plan.waitsForRunning = work.isAsynchronous
        // An asynchronous body needs a thread to suspend from, even if there is just one.
        if work.isAsynchronous, plan.isSequential { plan.backend = ThreadsBackend() }
        let scope = plan.scope()
        let session = try plan.backend.makeSession(plan.request(asynchronous: asynchronous, budget: scope.budget))
        feed = Feed(inputs)
        parent = plan.parent
        core = RunCore(
            work: work,
            plan: plan,
            session: session,
            scope: scope,
            settings: plan.dispatchSettings(total: feed.count, backlog: isStream ? plan.window : nil),
            order: order
        )
    }

    /// Does all that can be done now; false when the call has come to its end.
    func advance() -> Bool {
        while true {
            switch step() {
            case .went: continue
            case .mustWait: return true
            case .ended: return false
            }
        }
    }

    /// Takes and starts one batch, if that can be done now; false when the call has come to its end.
    ///
    /// With tasks that run in the caller: one batch is run.
    func advanceOnce() -> Bool {
        while true {
            switch step() {
            case .went where core.hasReady: return true
            case .went: continue
            case .mustWait: return true
            case .ended: return false
            }
        }
    }

    private enum Progress {
        case went, mustWait, ended
    }

    private func step() -> Progress {
        if Task.isCancelled { core.end(.cancelled) }
        switch core.nextStep() {
        case .pull(let count):
            if let batch = core.pulled(feed.take(count), wanted: count) { core.session.submit(batch) }
        case .submit(let batch): core.session.submit(batch)
        case .wait: return .mustWait
        case .finish: return .ended
        }
        return .went
    }

    /// Blocks until there is something to do.
    func wait() {
        // The thread of a task that waits for a call of its own may be used by that call.
        parent?.budget.release()
        core.callerSignal.wait()
        parent?.budget.acquireAnyway()
    }

    // MARK: - To the end

    func run() throws -> [Result<Output, TaskFailure>] {
        try runWithReport().results
    }

    func runWithReport() throws -> (results: [Result<Output, TaskFailure>], report: RunReport) {
        while advance() { wait() }
        let report = try core.finish()
        return (core.takeReady(), report)
    }

    func runAsynchronously() async throws -> [Result<Output, TaskFailure>] {
        try await runWithReportAsynchronously().results
    }

    func runWithReportAsynchronously() async throws -> (results: [Result<Output, TaskFailure>], report: RunReport) {
        while advance() { await core.news() }
        let report = try core.finish()
        return (core.takeReady(), report)
    }
}

extension Parallel {
    /// A call that gathers all results; its first failure ends it, unless `keepsFailures`.
    func listCall<S: Sequence, Output: Sendable>(
        _ inputs: S,
        _ work: Work<S.Element, Output>,
        asynchronous: Bool = false,
        keepsFailures: Bool = false,
        records: Bool = false
    ) throws -> Call<S.Element, Output> {
        var plan = try RunPlan(options, pool: pool)
        plan.failsFast = !keepsFailures
        plan.recordsSpans = records
        return try Call(inputs, work, plan, asynchronous: asynchronous)
    }
}
