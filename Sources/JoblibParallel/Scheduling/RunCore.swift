internal import JoblibSystem

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
        /// Each a TypedBatch; a dictionary whose types are known is a good deal faster in generic code.
        var batches: [Int: AnyObject] = [:]
        /// Batches whose tasks run at this moment.
        var running = 0
        /// What ended the call early.
        var end: RunEnd?
        var expiries: Expiries
        var record: RunRecord
        /// When the timekeeper will call next, at the latest.
        var timer: Timekeeper.Appointment?
        var isFinished = false
        /// The elements of tasks that are to be tried again.
        var retries: [Int: Element] = [:]
    }

    let work: Work<Element, Output>
    let plan: RunPlan
    let session: any BackendSession
    /// How the tasks travel to other processes, where they do.
    let remote: RemoteRun<Element, Output>?
    let scope: RunScope
    let callerSignal: CallerSignal
    let start = MonotonicClock.now
    private let progress: (any ProgressObserver)?
    private let state: Lock<State>

    init(
        work: Work<Element, Output>,
        plan: RunPlan,
        session: any BackendSession,
        remote: RemoteRun<Element, Output>? = nil,
        pumps: Bool = false,
        scope: RunScope,
        settings: Dispatch.Settings,
        order: ResultOrder = .submission
    ) {
        self.work = work
        self.plan = plan
        self.session = session
        self.remote = remote
        callerSignal = CallerSignal(arrivals: pumps ? session as? any ArrivalSource : nil)
        self.scope = scope
        self.progress = plan.progressObserver(total: settings.total)
        self.state = Lock(
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
        return TaskBatch(remote: typed)
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

    /// Suspends the caller until there is something to do; a cancelled caller ends the call.
    ///
    /// Only the waiting is inside the handler: what it is given runs outside of the caller's actor, where the input may not
    /// be read.
    func news() async {
        await withTaskCancellationHandler {
            await callerSignal.wait()
        } onCancel: {
            end(.cancelled)
        }
    }

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
        let (end, report, event, remains) = state.withLock { state in
            state.isFinished = true
            // Batches that never ran refer to this object; they are released outside of the lock.
            let remains = (state.batches, state.retries, state.timer)
            (state.batches, state.retries, state.timer) = ([:], [:], nil)
            let report = state.record.report(elapsed: elapsed, dispatch: state.dispatch)
            // joblib's last line is for calls that came to their end.
            return (state.end, report, progressEvent(state, isExhausted: state.end == nil), remains)
        }
        if let timer = remains.2 { Timekeeper.shared.cancel(timer) }
        if end != nil { scope.stop() }
        session.stop()
        progress?.finished(end == nil ? event : event.endedEarly)
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

    /// Whether the batch is still wanted.
    func isUnderWay(_ batch: TypedBatch<Element, Output>) -> Bool {
        state.withLock { !$0.dispatch.isStopped && $0.batches[batch.batch.id] != nil }
    }

    /// A batch has run to its end.
    func batchEnded(_ batch: TypedBatch<Element, Output>, _ outcome: BatchOutcome<Output>) {
        let (event, change) = state.withLock { state -> (ProgressEvent?, BatchSizer.Change?) in
            // A batch that was given up has been counted out already.
            if state.batches[batch.batch.id] != nil { state.running -= 1 }
            let event = settle(batch, outcome, &state)
            return (event, event == nil ? nil : state.dispatch.batchSizeChange())
        }
        announce(event, outcome)
        if let change {
            progress?.batchSizeChanged(tooFast: change.tooFast, batchDuration: change.batchDuration, to: change.size)
        }
    }

    /// The machinery failed.
    func failed(_ error: JoblibError) {
        end(.machinery(error))
    }

    private func settle(
        _ batch: TypedBatch<Element, Output>,
        _ outcome: BatchOutcome<Output>,
        _ state: inout State
    ) -> ProgressEvent? {
        let id = batch.batch.id
        state.expiries.ended(id)
        guard state.batches.removeValue(forKey: id) != nil else { return nil }
        let first = batch.batch.tasks.lowerBound
        let verdicts = state.dispatch.batchEnded(
            id,
            succeeded: outcome.results.count - outcome.failed.count,
            failures: outcome.failed.map { (first + $0.offset, $0.retryDelay) },
            runTime: outcome.isWhole ? outcome.runTime : nil,
            notRun: outcome.again.map { first + $0.lowerBound..<first + $0.upperBound },
            now: MonotonicClock.now
        )
        guard let verdicts else { return nil }
        state.record.batchEnded(batch.batch, outcome, origin: start)
        for offset in outcome.again.joined() { state.retries[first + offset] = batch.elements[offset] }
        if !verdicts.contains(.retry), outcome.isWhole {
            state.results.store(outcome.results, from: first)
        } else {
            store(outcome, except: verdicts, batch, &state)
        }
        if state.dispatch.isStopped, state.end == nil, let place = verdicts.firstIndex(of: .final) {
            state.end = outcome.failure(at: outcome.failed[place].offset).map { .task($0) }
        } else if outcome.isWhole, outcome.results.count < batch.batch.tasks.count, !state.dispatch.isStopped {
            // Its tasks were told to stop by the end of the call around this one.
            state.end = .cancelled
            state.dispatch.stop()
        }
        // The caller may have gone to sleep before there was anything to try again.
        if let due = state.dispatch.nextRetry { setTimer(due, &state) }
        guard progress != nil, !state.isFinished else { return nil }
        // joblib looks for the end of the input after the last task of a sequential call only.
        return progressEvent(state, isExhausted: !plan.isSequential && state.dispatch.shownProgress.isExhausted)
    }

    /// Stores what is settled, and keeps the elements of what is to be tried again.
    private func store(
        _ outcome: BatchOutcome<Output>,
        except verdicts: [Dispatch.Verdict],
        _ batch: TypedBatch<Element, Output>,
        _ state: inout State
    ) {
        let first = batch.batch.tasks.lowerBound
        var begin = 0
        for (failure, verdict) in zip(outcome.failed, verdicts) where verdict == .retry {
            state.retries[first + failure.offset] = batch.elements[failure.offset]
            guard failure.offset < outcome.results.count else { continue }
            state.results.store(Array(outcome.results[begin..<failure.offset]), from: first + begin)
            begin = failure.offset + 1
        }
        state.results.store(Array(outcome.results[begin...]), from: first + begin)
        if let late = outcome.late, verdicts.last == .final {
            state.results.store([.failure(late.failure)], from: first + late.offset)
        }
    }

    /// After the lock: tells those who show progress, and the caller if there is something for it to do.
    private func announce(_ event: ProgressEvent?, _ outcome: BatchOutcome<Output>) {
        if let event { progress?.batchEnded(event) }
        outcome.logRetries(limit: plan.retries.count)
        let (mustStop, mustWake) = state.withLock { state in
            (
                state.dispatch.isStopped,
                state.dispatch.hasAction(now: MonotonicClock.now) || state.dispatch.untakenTasks > 0
            )
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
        if state.isFinished { return }
        if let timer = state.timer {
            if timer.due <= due { return }
            Timekeeper.shared.cancel(timer)
        }
        state.timer = Timekeeper.shared.schedule(at: due) { [weak self] in self?.timeHasCome(due) }
    }

    /// Finds the tasks whose time is over, and lets the caller look at its retries.
    private func timeHasCome(_ due: UInt64) {
        let expired = state.withLock { state -> [TypedBatch<Element, Output>] in
            // Another appointment has taken the place of this one.
            guard state.timer?.due == due else { return [] }
            state.timer = nil
            let ids = state.expiries.expired(now: MonotonicClock.now)
            if let next = state.expiries.next { setTimer(next, &state) }
            return ids.compactMap { state.batches[$0] as? TypedBatch<Element, Output> }
        }
        if !expired.isEmpty {
            // Describing the task, asking whether to try again and reporting progress run code of the caller's, which the
            // timekeeper's other customers can't wait for.
            let giveUp: @Sendable () -> Void = { for batch in expired { self.giveUp(batch) } }
            if !plan.pool.run(giveUp) { giveUp() }
        }
        callerSignal.signal()
    }

    private func giveUp(_ batch: TypedBatch<Element, Output>) {
        let arrivals = session as? any ArrivalSource
        // Its result may have arrived and wait to be looked at.
        if let arrivals, arrivals.takeArrivals(), state.withLock({ $0.batches[batch.batch.id] == nil }) { return }
        if let due = arrivals?.deadline(of: TaskBatch(remote: batch)) {
            return state.withLock { state in
                guard state.batches[batch.batch.id] != nil else { return }
                state.expiries.postpone(batch.batch.id, to: due)
                setTimer(due, &state)
            }
        }
        let evidence = arrivals?.evidence(on: TaskBatch(remote: batch))
        let outcome = batch.timedOut(now: MonotonicClock.now, evidence)
        let (isGivenUp, event) = state.withLock { state -> (Bool, ProgressEvent?) in
            // It may have ended since.
            guard state.batches[batch.batch.id] != nil else { return (false, nil) }
            state.running -= 1
            return (true, settle(batch, outcome, &state))
        }
        guard isGivenUp else { return }
        session.abandon(TaskBatch(remote: batch))
        if arrivals == nil {
            JoblibLog.leftBehind(
                task: batch.batch.tasks.lowerBound,
                worker: batch.workerIndex,
                timeout: plan.timeout ?? .zero
            )
        }
        announce(event, outcome)
        callerSignal.signal()
    }
}
