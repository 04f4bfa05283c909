internal import JoblibSystem

/// A batch while it runs: what its loop asks between tasks.
///
/// Used by one thread, or one Swift task, at a time: that of the batch's worker.
@usableFromInline
final class BatchRun: Sendable {
    let plan: RunPlan
    let batch: Dispatch.Batch
    let frame: TaskFrame
    let started = MonotonicClock.now
    /// Which of the batch's tasks failed.
    // Only the batch's own loop, and the worker after it, touch these two.
    nonisolated(unsafe) private(set) var failed: [BatchFailure] = []
    // As above.
    nonisolated(unsafe) private var mayGoOn = true

    init(plan: RunPlan, scope: RunScope, batch: Dispatch.Batch, worker: Int, signal: StopSignal) {
        self.plan = plan
        self.batch = batch
        frame = TaskFrame(scope: scope, worker: worker, attempt: batch.attempt, signal: signal)
        if let timeout = plan.timeout { unsafe frame.deadline = started &+ UInt64(clamping: timeout.nanoseconds) }
    }

    /// A task is about to begin; false when it must not, because the call is over.
    @usableFromInline
    func begin(_ offset: Int) -> Bool {
        unsafe frame.base = batch.tasks.lowerBound + offset
        // The first task has been let in by the scheduler.
        if offset == 0 { return true }
        return unsafe mayGoOn && !frame.scope.isStopped
    }

    /// A task threw.
    @usableFromInline
    func failure(_ error: any Error, at offset: Int, _ call: TaskCall) -> TaskFailure {
        let isCancellation = error is CancellationError && frame.isCancelled
        let failure = TaskFailure(
            index: batch.tasks.lowerBound + offset,
            call: call,
            reason: isCancellation ? .cancelled : .threw,
            underlying: error,
            worker: .here(frame.worker),
            attempt: batch.attempt
        )
        let delay = plan.retryDelay(failure, in: frame.scope)
        unsafe failed.append(BatchFailure(offset: offset, retryDelay: delay))
        if plan.failsFast, delay == nil { unsafe mayGoOn = false }
        return failure
    }

    /// A frame for the task that is about to begin alone.
    func frameOfTask() -> TaskFrame {
        let own = TaskFrame(scope: frame.scope, worker: frame.worker, attempt: frame.attempt, signal: frame.signal)
        unsafe own.base = frame.base
        unsafe own.deadline = frame.deadline
        return own
    }
}
