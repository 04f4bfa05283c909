/// Where a call stands when a batch has ended, or the whole call.
package struct ProgressEvent: Sendable, Hashable {
    /// Tasks ended, failed ones included.
    package var done: Int
    /// Those of them that failed for good.
    package var failed: Int
    /// Tasks taken from the input, before this end lets more be taken.
    package var dispatchedTasks: Int
    /// The batches they were taken in; in a sequential call each task is one.
    package var dispatchedBatches: Int
    /// Whether the input was asked for more and had none.
    ///
    /// False throughout a sequential call until it finishes, true from the start with pre-dispatch "all". In
    /// ``ProgressObserver/finished(_:)`` it is false exactly when the call ended before its input did.
    package var exhausted: Bool
    /// The length of the input, if it has one.
    package var total: Int?
    /// The time since the call began.
    package var elapsed: Duration

    package init(
        done: Int,
        failed: Int = 0,
        dispatchedTasks: Int,
        dispatchedBatches: Int,
        exhausted: Bool,
        total: Int?,
        elapsed: Duration
    ) {
        self.done = done
        self.failed = failed
        self.dispatchedTasks = dispatchedTasks
        self.dispatchedBatches = dispatchedBatches
        self.exhausted = exhausted
        self.total = total
        self.elapsed = elapsed
    }

    /// Whether every task of the input has ended.
    package var isComplete: Bool {
        exhausted && done >= dispatchedTasks
    }

    /// The event of a call that did not come to its end, even where the task that ended it was the last one.
    package var endedEarly: ProgressEvent {
        var event = self
        event.total = snapshot().total
        event.exhausted = false
        return event
    }

    /// The users' view; an exhausted input has told its total.
    package func snapshot(isFinished: Bool = false) -> ProgressSnapshot {
        ProgressSnapshot(
            done: done,
            total: total ?? (exhausted ? dispatchedTasks : nil),
            dispatched: dispatchedTasks,
            failed: failed,
            elapsed: elapsed,
            isFinished: isFinished
        )
    }
}
