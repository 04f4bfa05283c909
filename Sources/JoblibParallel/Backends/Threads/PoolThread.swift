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
    private let state = Mutex(State())
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

    /// The next job, if it comes within this many looks.
    ///
    /// Waking a thread costs tens of microseconds: a job that comes soon after the last is picked up much faster by a thread
    /// that still looks.
    func look(spins: Int) -> Job? {
        for _ in 0..<spins {
            if hasJob.load(ordering: .acquiring) { return take() }
            Spin.pause()
        }
        return nil
    }

    /// The next job, waiting for it until `deadline`; `nil` when there was none by then.
    func wait(until deadline: UInt64) -> Job? {
        monitor.withLock {
            state.withLock { $0.isSleeping = true }
            defer { state.withLock { $0.isSleeping = false } }
            while true {
                if let job = take() { return job }
                if !monitor.wait(until: deadline) { return take() }
            }
        }
    }

    private func take() -> Job? {
        state.withLock { state in
            // Together with the job, or a late flag would announce a job that has been taken.
            hasJob.store(false, ordering: .relaxed)
            return state.job.take()
        }
    }
}
