internal import DequeModule
internal import JoblibSystem
internal import Synchronization

/// Runs Swift tasks on at most `width` own threads, as far as the budget allows.
///
/// The bodies of a parallel call may block or compute for long. On Swift's own pool, which has a thread a processor, 16
/// bodies that sleep 0.2 s need 1.6 s; here 0.2 s.
final class ThreadExecutor: TaskExecutor {
    private struct State {
        var queue: Deque<UnownedJob> = []
        var active = 0
        var width: Int
        /// Threads that are stuck in tasks that were given up; they count in `active` and in `width`.
        var lost = 0
        /// True while the budget has this executor on its list.
        var waitsForPermit = false
    }

    private let pool: ThreadPool
    private let budget: ThreadBudget
    private let state: Mutex<State>

    init(width: Int, pool: ThreadPool, budget: ThreadBudget) {
        self.pool = pool
        self.budget = budget
        self.state = Mutex(State(width: width))
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let mayStart = state.withLock { state in
            state.queue.append(job)
            return state.active < state.width && !state.waitsForPermit
        }
        if mayStart { startThread() }
    }

    /// One of the threads is stuck in a task that was given up: another may take its place.
    func threadLost() {
        state.withLock { state in
            state.width += 1
            state.lost += 1
        }
        budget.release()
        startThread()
    }

    /// The thread that was given up is back: one too many runs until the next one ends.
    func lostThreadReturned() {
        state.withLock { state in
            state.width -= 1
            state.lost -= 1
        }
        budget.acquireAnyway()
    }

    /// The budget has a permit for this executor now.
    func permitGranted() {
        state.withLock { $0.waitsForPermit = false }
        startThread(holdingPermit: true)
    }

    private func startThread(holdingPermit: Bool = false) {
        let isWanted = state.withLock { state in
            guard !state.queue.isEmpty, state.active < state.width, !state.waitsForPermit else { return false }
            state.active += 1
            // Before the budget is asked: its answer may come on another thread before this one goes on.
            state.waitsForPermit = !holdingPermit
            return true
        }
        guard isWanted else {
            if holdingPermit { budget.release() }
            return
        }
        if !holdingPermit {
            guard budget.acquire(for: self) else {
                // A grant that came while this thread was still counted may have found no place, and was passed on.
                let wasGranted = state.withLock { state in
                    state.active -= 1
                    return !state.waitsForPermit
                }
                return wasGranted ? startThread() : ()
            }
            state.withLock { $0.waitsForPermit = false }
        }
        if !pool.run({ self.drain() }) { threadMissing() }
    }

    private func drain() {
        // Each thread starts the next one, so that the caller pays for one wake-up only.
        startThread()
        while let job = nextJob() {
            AutoreleaseScope.run { unsafe job.runSynchronously(on: asUnownedTaskExecutor()) }
        }
        budget.release()
    }

    private func nextJob() -> UnownedJob? {
        state.withLock { state in
            if state.active > state.width || state.queue.isEmpty {
                state.active -= 1
                return nil
            }
            return state.queue.popFirst()
        }
    }

    /// The system gave no thread. Those that run drain the queue; without any, Swift's own pool does.
    private func threadMissing() {
        let isAlone = state.withLock { state in
            if state.active - state.lost > 1 {
                state.active -= 1
                return false
            }
            return true
        }
        if isAlone {
            Task.detached { self.drain() }
        } else {
            budget.release()
        }
    }
}
