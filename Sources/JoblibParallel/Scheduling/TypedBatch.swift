internal import JoblibSystem

/// A batch with its elements: what a ``TaskBatch`` stands for.
final class TypedBatch<Element: Sendable, Output: Sendable>: BatchRunner {
    let core: RunCore<Element, Output>
    let batch: Dispatch.Batch
    let elements: [Element]
    private let signal = StopSignal()

    init(core: RunCore<Element, Output>, batch: Dispatch.Batch, elements: [Element]) {
        self.core = core
        self.batch = batch
        self.elements = elements
    }

    var isAsynchronous: Bool {
        if case .asynchronous = core.work.body { return true }
        return false
    }

    func cancel() { signal.raise() }

    func fail(_ error: JoblibError) { core.failed(error) }

    // MARK: - Running

    func runBlocking(worker: Int) {
        guard case .blocking(let body) = core.work.body else { return fail(.asynchronousTaskOnBlockingWorker) }
        guard core.batchStarted(self) else { return }
        let started = MonotonicClock.now
        let frame = frame(worker: worker, started: started)
        var results: [Result<Output, TaskFailure>] = []
        results.reserveCapacity(elements.count)
        frame.onThread {
            for element in elements where mayGoOn(after: results) {
                unsafe frame.base = batch.tasks.lowerBound + results.count
                do {
                    results.append(.success(try body(element)))
                } catch {
                    results.append(.failure(failure(error, element, results.count, worker)))
                }
            }
        }
        end(results, worker: worker, started: started)
    }

    func run(worker: Int) async {
        guard case .asynchronous(let body) = core.work.body else { return runBlocking(worker: worker) }
        guard core.batchStarted(self) else { return }
        let started = MonotonicClock.now
        var results: [Result<Output, TaskFailure>] = []
        for element in elements where mayGoOn(after: results) {
            let frame = frame(worker: worker, started: started)
            unsafe frame.base = batch.tasks.lowerBound + results.count
            do {
                let output = try await TaskFrame.$ofThisTask.withValue(frame) { try await body(element) }
                results.append(.success(output))
            } catch {
                results.append(.failure(failure(error, element, results.count, worker)))
            }
        }
        end(results, worker: worker, started: started)
    }

    private func frame(worker: Int, started: UInt64) -> TaskFrame {
        let frame = TaskFrame(scope: core.scope, worker: worker, attempt: batch.attempt, signal: signal)
        if let timeout = core.plan.timeout { unsafe frame.deadline = started &+ UInt64(clamping: timeout.nanoseconds) }
        return frame
    }

    private func mayGoOn(after results: [Result<Output, TaskFailure>]) -> Bool {
        if core.scope.signal.isRaised { return results.isEmpty }
        guard core.plan.failsFast, case .failure(let failure)? = results.last else { return true }
        return core.plan.retryDelay(failure, seed: 0) != nil
    }

    private func end(_ results: [Result<Output, TaskFailure>], worker: Int, started: UInt64) {
        let ended = MonotonicClock.now
        var results = results
        // The timekeeper may be a moment late; the task has had its time all the same.
        if let timeout = core.plan.timeout, ended - started > UInt64(clamping: timeout.nanoseconds), results.count == 1 {
            results = timedOut(now: ended).results
        }
        core.batchEnded(self, BatchOutcome(results: results, worker: worker, started: started, ended: ended))
    }

    // MARK: - Failing

    /// What the batch comes to when its time is over: with a timeout, a batch is one task.
    func timedOut(now: UInt64, worker: Int = 0) -> BatchOutcome<Output> {
        let timeout = core.plan.timeout ?? .zero
        let failure = failure(.timedOut(after: timeout), nil, elements[0], 0, worker)
        let started = now &- UInt64(clamping: timeout.nanoseconds)
        return BatchOutcome(results: [.failure(failure)], worker: worker, started: started, ended: now)
    }

    private func failure(_ error: any Error, _ element: Element, _ offset: Int, _ worker: Int) -> TaskFailure {
        // An error that a nested call passed on keeps its own story inside.
        let isCancellation = error is CancellationError && core.scope.signal.isRaised
        return failure(isCancellation ? .cancelled : .threw, error, element, offset, worker)
    }

    private func failure(
        _ reason: TaskFailure.Reason,
        _ error: (any Error)?,
        _ element: Element,
        _ offset: Int,
        _ worker: Int
    ) -> TaskFailure {
        TaskFailure(
            index: batch.tasks.lowerBound + offset,
            call: core.work.describe(element),
            reason: reason,
            underlying: error,
            worker: .here(worker),
            attempt: batch.attempt
        )
    }
}

/// What came of a batch.
struct BatchOutcome<Output: Sendable>: Sendable {
    /// One for each task that ran, in order.
    var results: [Result<Output, TaskFailure>]
    var worker: Int
    /// On the monotonic clock.
    var started: UInt64
    var ended: UInt64

    var runTime: Duration { .nanoseconds(Int64(clamping: ended - started)) }
}
