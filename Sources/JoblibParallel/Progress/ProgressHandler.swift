internal import JoblibSystem

/// Hands snapshots from many threads to a user's function, one at a time.
///
/// A thread that finds the function running leaves its snapshot behind, where a newer one may take its place, and goes on
/// with its work; the thread in the function delivers it next. Only the last snapshot waits for the function, so that it
/// has been delivered when the call returns.
package final class ProgressHandler: Sendable {
    private struct Inbox {
        var waiting: ProgressSnapshot?
        var highestDone = 0
        var isClosed = false

        /// Takes the snapshot in unless it is older than what is there.
        mutating func accept(_ snapshot: ProgressSnapshot) -> Bool {
            guard !isClosed, snapshot.isFinished || snapshot.done >= highestDone else { return false }
            highestDone = max(highestDone, snapshot.done)
            isClosed = snapshot.isFinished
            waiting = snapshot
            waiting?.done = highestDone
            return true
        }
    }

    private let inbox = Lock(Inbox())
    /// Held while the user's function runs, and never asked for while ``inbox`` is held.
    private let turn = Lock(())
    private let body: @Sendable (ProgressSnapshot) -> Void

    package init(_ body: @escaping @Sendable (ProgressSnapshot) -> Void) {
        self.body = body
    }

    /// Delivers `snapshot`, now or by the thread that is delivering another.
    package func update(_ snapshot: ProgressSnapshot) {
        guard inbox.withLock({ $0.accept(snapshot) }) else { return }
        if snapshot.isFinished {
            return turn.withLock { _ in deliver() }
        }
        // A snapshot left behind just as the other thread's turn ended would be forgotten without a second look.
        while inbox.withLock({ $0.waiting != nil }) {
            guard turn.withLockIfAvailable({ _ in deliver() }) != nil else { return }
        }
    }

    private func deliver() {
        while let next = inbox.withLock({ $0.waiting.take() }) {
            body(next)
        }
    }
}

extension ProgressHandler: ProgressObserver {
    package func batchEnded(_ event: ProgressEvent) {
        update(event.snapshot())
    }

    package func finished(_ event: ProgressEvent) {
        update(event.snapshot(isFinished: true))
    }
}
