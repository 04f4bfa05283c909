internal import JoblibParallel
internal import JoblibSystem

/// A call that is being computed, and those who wait for it.
final class Flight: Sendable {
    /// How it ended: with a value, or in a way that is nobody else's business (an error, cancellation).
    enum Outcome: Sendable {
        case value(any Sendable, CacheInfo)
        case nothing
    }

    private struct State {
        var outcome: Outcome?
        var nextWaiter = 0
        var waiters: [Int: CheckedContinuation<Outcome, any Error>] = [:]
    }

    private let state = Lock(State())
    private let monitor = Monitor()

    /// Ends it, and tells all who wait.
    func land(_ outcome: Outcome) {
        let waiters = monitor.withLock {
            let waiters = state.withLock { state in
                state.outcome = outcome
                defer { state.waiters = [:] }
                return state.waiters
            }
            monitor.broadcast()
            return waiters
        }
        for waiter in waiters.values { waiter.resume(returning: outcome) }
    }

    /// Waits on this thread.
    func wait() -> Outcome {
        monitor.withLock {
            while true {
                if let outcome = state.withLock({ $0.outcome }) { return outcome }
                monitor.wait()
            }
        }
    }

    /// Waits without a thread.
    ///
    /// - Throws: `CancellationError` when the waiting task is cancelled; that does not disturb the others.
    func wait() async throws -> Outcome {
        let number = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome = state.withLock { state -> Outcome? in
                    if let outcome = state.outcome { return outcome }
                    if Task.isCancelled { return Outcome.nothing }
                    state.waiters[number] = continuation
                    return nil
                }
                guard let outcome else { return }
                // Cancelled before it began to wait: the handler has found nobody.
                if Task.isCancelled {
                    continuation.resume(throwing: CancellationError())
                } else {
                    continuation.resume(returning: outcome)
                }
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiters.removeValue(forKey: number) }
            waiter?.resume(throwing: CancellationError())
        }
    }
}
