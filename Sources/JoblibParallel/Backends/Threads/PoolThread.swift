internal import JoblibSystem
internal import Synchronization

/// One thread of a ``ThreadPool``, and the place where it waits for its next job.
final class PoolThread: Sendable {
    typealias Job = @Sendable () -> Void

    private struct State {
        var job: Job?
        var isSleeping = false
    }

    private let monitor = Monitor()
    private let state = Lock(State())
    /// Lets a thread that still spins see its job without taking a lock.
    private let hasJob = Atomic(false)

    /// Hands a job to a thread that waits.
    func give(_ job: @escaping Job) {
        let mustWake = state.withLock { state in
            state.job = job
            hasJob.store(true, ordering: .releasing)
            return state.isSleeping
        }
        if mustWake { monitor.withLock { monitor.signal() } }
    }

    /// Whether a job comes within this many looks.
    ///
    /// Waking a thread costs tens of microseconds: a job that comes soon after the last is picked up much faster by a thread
    /// that still looks.
    func look(spins: Int) -> Bool {
        for _ in 0..<spins {
            if hasJob.load(ordering: .acquiring) { return true }
            Spin.pause()
        }
        return false
    }

    /// Waits for a job until `deadline`; false when there was none by then.
    func wait(until deadline: UInt64) -> Bool {
        monitor.withLock {
            state.withLock { $0.isSleeping = true }
            defer { state.withLock { $0.isSleeping = false } }
            while true {
                if hasJob.load(ordering: .acquiring) { return true }
                if !monitor.wait(until: deadline) { return hasJob.load(ordering: .acquiring) }
            }
        }
    }

    /// Runs the job that it was given.
    ///
    /// Not inlined, so that nothing refers to the job, and to what it holds, while the thread looks for the next one.
    @inline(never)
    func runJob() {
        let job = state.withLock { state in
            // Together with the job, or a late flag would announce a job that has been taken.
            hasJob.store(false, ordering: .relaxed)
            return state.job.take()
        }
        job?()
    }
}
