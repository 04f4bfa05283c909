internal import JoblibSystem
internal import Synchronization

/// Drives one call: holds the lock around ``Dispatch``, performs its actions outside of it.
///
/// The caller, be it blocked, suspended or reading a stream, walks through ``nextStep()``; it alone touches the input.
/// Workers report from their threads through ``TypedBatch``; the ``Timekeeper`` reports deadlines.
final class RunCore<Element: Sendable, Output: Sendable>: Sendable {
    /// What the caller is to do next.
    enum Step {
        case pull(Int)
        case submit(TaskBatch)
        case wait
        case finish
    }

    struct State {
        var dispatch: Dispatch
        var results: ResultBuffer<Output>
        var batches: [Int: TypedBatch<Element, Output>] = [:]
        /// Batches whose tasks run at this moment.
        var running = 0
        /// What ended the call early.
        var end: RunEnd?
        var expiries: Expiries
        var record: RunRecord
        /// When the timekeeper will call next, at the latest.
        var timer: UInt64?
        var isFinished = false
        /// The elements of tasks that are to be tried again.
        var retries: [Int: Element] = [:]
    }

    let work: Work<Element, Output>
    let plan: RunPlan
    let session: any BackendSession
    let scope: RunScope
    let callerSignal = CallerSignal()
    let start = MonotonicClock.now
    private let progress: (any ProgressObserver)?
    private let state: Mutex<State>

    init(
        work: Work<Element, Output>,
        plan: RunPlan,
        session: any BackendSession,
        scope: RunScope,
        settings: Dispatch.Settings,
        order: ResultOrder = .submission
    ) {
        self.work = work
        self.plan = plan
        self.session = session
        self.scope = scope
        self.progress = plan.progressObserver(total: settings.total)
        self.state = Mutex(
            State(
                dispatch: Dispatch(settings),
                results: ResultBuffer(order: order),
                expiries: Expiries(timeout: plan.timeout),
                record: RunRecord(plan: plan)
            )
        )
        progress?.started(plan.progressStart)
    }

    // MARK: - The caller's side

    func nextStep() -> Step {
        let now = MonotonicClock.now
        return state.withLock { state in
            switch state.dispatch.next(now: now) {
            case .pull(let count): return .pull(count)
            case .start(let batch):
                let element = state.retries.removeValue(forKey: batch.tasks.lowerBound)
                return .submit(makeBatch(batch, element.map { [$0] } ?? [], &state))
            case .wait(let due):
                if let due { setTimer(due, &state) }
                return .wait
            case .finish:
                // Asynchronous tasks are children of the call: it does not return before they do.
                return plan.waitsForRunning && state.running > 0 ? .wait : .finish
            }
        }
    }

    /// The caller has taken `elements` from the input.
    func pulled(_ elements: [Element], wanted: Int) -> TaskBatch? {
        state.withLock { state in
            guard let batch = state.dispatch.pulled(elements.count, wanted: wanted) else { return nil }
            return makeBatch(batch, elements, &state)
        }
    }

    private func makeBatch(_ batch: Dispatch.Batch, _ elements: [Element], _ state: inout State) -> TaskBatch {
        let typed = TypedBatch(core: self, batch: batch, elements: elements)
        state.batches[batch.id] = typed
        return TaskBatch(runner: typed)
    }

    /// Takes the results that are ready; `taken` says how many of those taken before have been used up.
    func takeReady(taken: Int = 0) -> [[Result<Output, TaskFailure>]] {
        state.withLock { state in
            state.dispatch.taken(taken)
            return state.results.takeReady()
        }
    }

    /// True when a result can be handed out.
    var hasReady: Bool { state.withLock { $0.results.hasReady } }

    /// Ends the call without an outcome of its own: cancelled, or nobody reads its results any more.
    func end(_ reason: RunEnd) {
        state.withLock { state in
            if state.end == nil { state.end = reason }
            state.dispatch.stop()
        }
        scope.stop()
        session.stop()
        callerSignal.signal()
    }

    /// After the last step: closes the session and the books, and throws what ended the call.
    func finish() throws -> RunReport {
        let (end, report, event) = state.withLock { state in
            state.isFinished = true
            // joblib's last line is for calls that came to their end.
            let event = progressEvent(state, isExhausted: state.end == nil)
            return (state.end, state.record.report(elapsed: elapsed, dispatch: state.dispatch), event)
        }
        if end != nil { scope.stop() }
        session.stop()
        progress?.finished(event)
        LastReport.store(report)
        if let end { throw end.error(done: report.tasks - report.failed) }
        return report
    }

    private var elapsed: Duration { .nanoseconds(Int64(MonotonicClock.now - start)) }

    // MARK: - The workers' side

    /// A batch begins to run; false when it need not.
    func batchStarted(_ batch: TypedBatch<Element, Output>) -> Bool {
        state.withLock { state in
            guard !state.dispatch.isStopped, state.batches[batch.batch.id] != nil else { return false }
            state.running += 1
            let deadline = state.expiries.started(batch.batch.id, at: MonotonicClock.now)
            if let deadline { setTimer(deadline, &state) }
            return true
        }
    }

    /// A batch has run to its end.
    func batchEnded(_ batch: TypedBatch<Element, Output>, _ outcome: BatchOutcome<Output>) {
        let ended = EndedBatch(batch, outcome, plan, scope)
        let (event, change) = state.withLock { state -> (ProgressEvent?, BatchSizer.Change?) in
            // A batch that was given up has been counted out already.
            if state.batches[batch.batch.id] != nil { state.running -= 1 }
            let event = settle(ended, &state)
            return (event, event == nil ? nil : state.dispatch.batchSizeChange())
        }
        announce(event, ended)
        if let change {
            progress?.batchSizeChanged(tooFast: change.tooFast, batchDuration: change.batchDuration, to: change.size)
        }
    }

    /// The machinery failed.
    func failed(_ error: JoblibError) {
        end(.machinery(error))
    }

    /// Enters what a batch brought; `nil` when there is nothing to show.
    private func settle(_ ended: EndedBatch<Element, Output>, _ state: inout State) -> ProgressEvent? {
        let batch = ended.batch.batch
        state.expiries.ended(batch.id)
        guard state.batches.removeValue(forKey: batch.id) != nil else { return nil }
        let verdicts = state.dispatch.batchEnded(
            batch.id,
            succeeded: ended.outcome.results.count - ended.failures.count,
            failures: ended.failures.map { ($0.index, $0.delay) },
            runTime: ended.outcome.runTime,
            now: MonotonicClock.now
        )
        guard let verdicts else { return nil }
        state.record.batchEnded(batch, ended.outcome, origin: start)
        if !verdicts.contains(.retry) {
            state.results.store(ended.outcome.results, from: batch.tasks.lowerBound)
        } else {
            store(ended, verdicts, &state)
        }
        if state.end == nil {
            if state.dispatch.isStopped, let place = verdicts.firstIndex(of: .final) {
                state.end = .task(ended.failures[place].failure)
            } else if ended.outcome.results.count < batch.tasks.count, !state.dispatch.isStopped {
                // Its tasks were told to stop by the end of the call around this one.
                state.end = .cancelled
                state.dispatch.stop()
            }
        }
        guard progress != nil, !state.isFinished else { return nil }
        // joblib looks for the end of the input after the last task of a sequential call only.
        return progressEvent(state, isExhausted: !plan.isSequential && state.dispatch.shownProgress.isExhausted)
    }

    /// Stores what is settled, and keeps the elements of what is to be tried again.
    private func store(_ ended: EndedBatch<Element, Output>, _ verdicts: [Dispatch.Verdict], _ state: inout State) {
        let results = ended.outcome.results
        let first = ended.batch.batch.tasks.lowerBound
        var begin = first
        for (failure, verdict) in zip(ended.failures, verdicts) where verdict == .retry {
            state.retries[failure.index] = ended.batch.elements[failure.index - first]
            state.results.store(Array(results[begin - first..<failure.index - first]), from: begin)
            begin = failure.index + 1
        }
        state.results.store(Array(results[(begin - first)...]), from: begin)
    }

    /// After the lock: tells those who show progress, and the caller if there is something for it to do.
    private func announce(_ event: ProgressEvent?, _ ended: EndedBatch<Element, Output>? = nil) {
        if let event { progress?.batchEnded(event) }
        ended?.logRetries(limit: plan.retries.count)
        let (mustStop, mustWake) = state.withLock { state in
            let hasAction = state.dispatch.hasAction(now: MonotonicClock.now)
            return (state.dispatch.isStopped, hasAction || state.dispatch.untakenTasks > 0)
        }
        if mustStop {
            scope.stop()
            session.stop()
        }
        if mustWake { callerSignal.signal() }
    }

    private func progressEvent(_ state: State, isExhausted: Bool) -> ProgressEvent {
        ProgressEvent(
            done: state.dispatch.doneTasks,
            failed: state.dispatch.failedTasks,
            dispatchedTasks: state.dispatch.pulledTasks,
            dispatchedBatches: state.dispatch.shownProgress.batches,
            exhausted: isExhausted,
            total: state.dispatch.settings.total,
            elapsed: elapsed
        )
    }

    // MARK: - Time

    private func setTimer(_ due: UInt64, _ state: inout State) {
        if let timer = state.timer, timer <= due { return }
        state.timer = due
        Timekeeper.shared.schedule(at: due) { [weak self] in self?.timeHasCome() }
    }

    /// Gives up the tasks whose time is over, and lets the caller look at its retries.
    private func timeHasCome() {
        let now = MonotonicClock.now
        let expired = state.withLock { state in
            state.timer = nil
            let batches = state.expiries.expired(now: now).compactMap { state.batches[$0] }
            if let next = state.expiries.next { setTimer(next, &state) }
            return batches
        }
        for batch in expired {
            let ended = EndedBatch(batch, batch.timedOut(now: now), plan, scope)
            let (isExpired, event) = state.withLock { state -> (Bool, ProgressEvent?) in
                // It may have ended by itself since.
                guard state.batches[batch.batch.id] != nil else { return (false, nil) }
                state.running -= 1
                return (true, settle(ended, &state))
            }
            guard isExpired else { continue }
            session.abandon(TaskBatch(runner: batch))
            JoblibLog.leftBehind(
                task: batch.batch.tasks.lowerBound,
                worker: batch.workerIndex,
                timeout: plan.timeout ?? .zero
            )
            announce(event, ended)
        }
        callerSignal.signal()
    }
}
