internal import Synchronization

/// How many threads one call and all calls nested in it may keep running together.
///
/// A thread that runs tasks holds a permit. A thread that waits for a nested call gives its permit up meanwhile, so that
/// the nested call can always run on at least one thread, and idle threads of the outer call help it: nesting neither
/// deadlocks nor oversubscribes.
final class ThreadBudget: Sendable {
    private struct State {
        var free: Int
        /// Executors that have work and found no permit.
        var waiting: [ThreadExecutor] = []
    }

    let limit: Int
    private let state: Mutex<State>

    /// - Parameter taken: How many permits are in use from the beginning.
    init(limit: Int, taken: Int = 0) {
        self.limit = limit
        self.state = Mutex(State(free: limit - taken))
    }

    /// Takes a permit; without one, notes `executor` down to be started when one is given back.
    func acquire(for executor: ThreadExecutor) -> Bool {
        state.withLock { state in
            if state.free > 0 {
                state.free -= 1
                return true
            }
            if !state.waiting.contains(where: { $0 === executor }) { state.waiting.append(executor) }
            return false
        }
    }

    /// Takes a permit whether there is one or not: for a thread that already runs and comes back from waiting.
    func acquireAnyway() {
        state.withLock { $0.free -= 1 }
    }

    /// Gives a permit back, or hands it to an executor that waits for one.
    func release() {
        let next = state.withLock { state -> ThreadExecutor? in
            if state.free >= 0, !state.waiting.isEmpty { return state.waiting.removeFirst() }
            state.free += 1
            return nil
        }
        next?.permitGranted()
    }
    /// How many permits are left; ``limit`` when nothing runs, and negative while threads that came back run besides.
    var free: Int { state.withLock { $0.free } }
}
