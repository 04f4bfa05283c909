/// A call under way, seen from its caller: the input beside the core that wants to be fed.
///
/// Not Sendable: the input belongs to the caller.
struct Call<Element: Sendable, Output: Sendable> {
    let core: RunCore<Element, Output>
    private let feed: Feed<Element>
    private let parent: RunScope?

    init(
        _ feed: Feed<Element>,
        _ work: Work<Element, Output>,
        _ given: RunPlan,
        asynchronous: Bool,
        isStream: Bool = false,
        order: ResultOrder = .submission
    ) throws {
        var plan = given
        // An asynchronous body needs a thread to suspend from, even if there is just one.
        if work.isAsynchronous, plan.isSequential { plan.backend = ThreadsBackend() }
        let scope = plan.scope(callerWorks: plan.isSequential && !asynchronous)
        let remote = try Self.prepare(work, &plan)
        let session = try plan.backend.makeSession(
            plan.request(asynchronous: asynchronous, scope: scope, remote: remote?.description)
        )
        // Those in worker processes are ended with the call: nothing of theirs would come any more.
        plan.waitsForRunning = work.isAsynchronous && !(session is any ArrivalSource)
        self.feed = feed
        parent = plan.parent
        core = RunCore(
            work: work,
            plan: plan,
            session: session,
            remote: remote,
            pumps: !asynchronous,
            scope: scope,
            settings: plan.dispatchSettings(
                total: feed.count,
                backlog: isStream ? plan.window : nil,
                readsAhead: remote != nil && feed.isStored
            ),
            order: order
        )
    }

    /// How the tasks travel, where the backend has them travel.
    private static func prepare(
        _ work: Work<Element, Output>,
        _ plan: inout RunPlan
    ) throws -> RemoteRun<Element, Output>? {
        // A call of a task in a worker stays there.
        guard WorkerProcess.current == nil, let backend = plan.backend as? any TravellingBackend else { return nil }
        do {
            return try work.remote.prepare(backend.transport)
        } catch let error as JoblibError where plan.isBackendWish {
            JoblibLog.stayingOnThreads(error)
            plan.backend = ThreadsBackend()
            return nil
        }
    }

    // MARK: - A step

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

    /// As ``advance()``, for tasks that run in the caller: stops as soon as there is a result.
    func advanceToResult() -> Bool {
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

    /// The results, in the pieces in which they came, and the report.
    func run() throws -> CallResults<Output> {
        while advance() { wait() }
        let report = try core.finish()
        return CallResults(pieces: core.takeReady(), report: report)
    }

    /// As ``run()``, while the caller is suspended.
    func run() async throws -> CallResults<Output> {
        while advance() { await core.news() }
        let report = try core.finish()
        return CallResults(pieces: core.takeReady(), report: report)
    }
}
