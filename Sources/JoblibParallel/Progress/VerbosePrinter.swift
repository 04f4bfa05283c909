internal import JoblibSystem

/// Writes joblib's messages as events come in from any thread, in an order in which counts never go back.
package final class VerbosePrinter: ProgressObserver {
    private struct State {
        var shownDone = 0
        var isFinished = false
    }

    private let messages: JoblibMessages
    private let print: @Sendable (String) -> Void
    private let state = Lock(State())

    /// - Parameters:
    ///   - messages: Decides what is said.
    ///   - print: Writes one line, to which it adds the newline.
    package init(_ messages: JoblibMessages, print: @escaping @Sendable (String) -> Void) {
        self.messages = messages
        self.print = print
    }

    package func started(_ start: ProgressStart) {
        say(messages.started(backend: start.backendName, jobs: start.jobs, isSequential: start.isSequential))
    }

    package func batchEnded(_ event: ProgressEvent) {
        // Most events say nothing: only those that do take the lock.
        let line = messages.batchEnded(
            done: event.done,
            dispatchedTasks: event.dispatchedTasks,
            dispatchedBatches: event.dispatchedBatches,
            exhausted: event.exhausted,
            elapsed: event.elapsed
        )
        guard let line else { return }
        state.withLock { state in
            guard !state.isFinished, event.done >= state.shownDone else { return }
            state.shownDone = event.done
            print(line)
        }
    }

    package func batchSizeChanged(tooFast: Bool, batchDuration: Duration, to size: Int) {
        say(messages.batchSizeChanged(tooFast: tooFast, batchDuration: batchDuration, to: size))
    }

    package func finished(_ event: ProgressEvent) {
        state.withLock { state in
            guard !state.isFinished else { return }
            state.isFinished = true
            // Like joblib, a call that failed or was cancelled does not claim to have finished.
            guard event.isComplete else { return }
            messages.finished(done: event.done, elapsed: event.elapsed).map(print)
        }
    }

    private func say(_ line: String?) {
        guard let line else { return }
        state.withLock { state in
            if !state.isFinished { print(line) }
        }
    }
}
