internal import JoblibSystem
internal import Synchronization

/// Where a caller, blocked or suspended, waits for news of its call.
///
/// News that comes while nobody waits is kept: the next wait returns at once.
final class CallerSignal: Sendable {
    private enum State {
        case idle
        case signalled
        case suspended(CheckedContinuation<Void, Never>)
        case blocked
    }

    /// Made when somebody first has to sleep here.
    private let lazyMonitor = Lock<Monitor?>(nil)
    private let state = Lock(State.idle)
    /// What the caller handles while it waits.
    private let arrivals: (any ArrivalSource)?
    private let isSignalled = Atomic(false)

    init(arrivals: (any ArrivalSource)? = nil) {
        self.arrivals = arrivals
    }

    private var monitor: Monitor {
        lazyMonitor.withLock { monitor in
            if let monitor { return monitor }
            let made = Monitor()
            monitor = made
            return made
        }
    }

    func signal() {
        let (continuation, mustWake) = state.withLock { state -> (CheckedContinuation<Void, Never>?, Bool) in
            if case .suspended(let continuation) = state {
                state = .idle
                return (continuation, false)
            }
            var mustWake = false
            if case .blocked = state { mustWake = true }
            state = .signalled
            // With the state: stored later, it would speak of a signal that was taken.
            isSignalled.store(true, ordering: .releasing)
            return (nil, mustWake)
        }
        if mustWake {
            let monitor = monitor
            monitor.withLock { monitor.signal() }
        }
        continuation?.resume()
        arrivals?.wakeUp()
    }

    /// Blocks the thread until there is news.
    ///
    /// - Parameter spins: How often to look before sleeping.
    func wait(spins: Int = 500) {
        if let arrivals { return wait(handling: arrivals) }
        for _ in 0..<spins {
            if isSignalled.load(ordering: .acquiring), take(orBlock: false) { return }
            Spin.pause()
        }
        let monitor = monitor
        monitor.withLock {
            while !take(orBlock: true) { monitor.wait() }
        }
    }

    /// Handles what arrives until there is news.
    private func wait(handling arrivals: any ArrivalSource) {
        while !take(orBlock: false) {
            if !arrivals.takeArrivals() {
                arrivals.waitForArrivals { self.isSignalled.load(ordering: .acquiring) }
            }
        }
    }

    /// Suspends the task until there is news.
    func wait() async {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                if case .signalled = state {
                    state = .idle
                    isSignalled.store(false, ordering: .relaxed)
                    return true
                }
                state = .suspended(continuation)
                return false
            }
            if isReady { continuation.resume() }
        }
    }

    private func take(orBlock: Bool) -> Bool {
        state.withLock { state in
            if case .signalled = state {
                state = .idle
                isSignalled.store(false, ordering: .relaxed)
                return true
            }
            state = orBlock ? .blocked : .idle
            return false
        }
    }
}
