internal import JoblibSystem
internal import Synchronization

/// A batch with its elements: what a ``TaskBatch`` stands for.
final class TypedBatch<Element: Sendable, Output: Sendable>: RemoteBatchRunner {
    let core: RunCore<Element, Output>
    let batch: Dispatch.Batch
    let elements: [Element]
    private let signal = StopSignal()
    /// Who runs it; -1 before that.
    let worker = Atomic(-1)

    init(core: RunCore<Element, Output>, batch: Dispatch.Batch, elements: [Element]) {
        self.core = core
        self.batch = batch
        self.elements = elements
    }

    var isAsynchronous: Bool { core.work.isAsynchronous }

    /// The worker that runs the batch, or ran it.
    var workerIndex: Int { max(0, worker.load(ordering: .relaxed)) }

    func cancel() { signal.raise() }

    func fail(_ error: JoblibError) { core.failed(error) }

    // MARK: - Running

    func runBlocking(worker: Int) {
        guard case .blocking(let loop) = core.work.loop else { return fail(.asynchronousTaskOnBlockingWorker) }
        guard let run = begin(worker: worker) else { return }
        end(run, run.frame.onThread { AutoreleaseScope.run { loop(elements, run) } })
    }

    func run(worker: Int) async {
        guard case .asynchronous(let loop) = core.work.loop else { return runBlocking(worker: worker) }
        guard let run = begin(worker: worker) else { return }
        end(run, await loop(elements, run))
    }

    private func begin(worker: Int) -> BatchRun? {
        guard (0..<core.session.capacity).contains(worker) else {
            fail(.workerOutOfRange(worker, capacity: core.session.capacity, backend: core.plan.backend.name))
            return nil
        }
        // A batch runs once, whatever the backend does.
        let (isFirst, _) = self.worker.compareExchange(expected: -1, desired: worker, ordering: .relaxed)
        guard isFirst, core.batchStarted(self) else { return nil }
        return BatchRun(plan: core.plan, scope: core.scope, batch: batch, worker: worker, signal: signal)
    }

    private func end(_ run: BatchRun, _ outcomes: [Result<Output, TaskFailure>]) {
        let ended = MonotonicClock.now
        // The timekeeper may be a moment late; the task has had its time all the same.
        if let timeout = core.plan.timeout, ended - run.started > UInt64(clamping: timeout.nanoseconds) {
            return core.batchEnded(self, timedOut(now: ended))
        }
        // The loop has ended: nobody else touches the run any more.
        let failed = unsafe run.failed
        let worker = run.frame.worker
        core.batchEnded(
            self,
            BatchOutcome(results: outcomes, failed: failed, worker: worker, started: run.started, ended: ended)
        )
    }

    /// What the batch comes to when its time is over: with a timeout, a batch is one task.
    func timedOut(now: UInt64, _ evidence: WorkerEvidence? = nil) -> BatchOutcome<Output> {
        let timeout = core.plan.timeout ?? .zero
        let worker = workerIndex
        let failure = TaskFailure(
            index: batch.tasks.lowerBound,
            call: core.work.describe(elements[0]),
            reason: .timedOut(after: timeout),
            traceback: evidence?.traceback ?? [],
            worker: evidence?.identity ?? .here(worker),
            attempt: batch.attempt,
            standardErrorTail: evidence?.standardErrorTail ?? ""
        )
        let started = now &- UInt64(clamping: timeout.nanoseconds)
        let failed = BatchFailure(offset: 0, retryDelay: core.plan.retryDelay(failure, in: core.scope))
        return BatchOutcome(
            results: [.failure(failure)],
            failed: [failed],
            worker: worker,
            started: started,
            ended: now
        )
    }
}
