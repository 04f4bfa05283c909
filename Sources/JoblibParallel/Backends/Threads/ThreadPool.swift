internal import JoblibSystem
internal import Synchronization

/// Own threads, kept for a while after their last job.
///
/// The pool never refuses a job because others run: whoever limits how many run at once (``ThreadExecutor``) sits above it.
final class ThreadPool: Sendable {
    /// The threads that all calls outside a `withPool` share.
    static let shared = ThreadPool(name: "joblib", idleTime: .seconds(5))

    private struct State {
        /// Threads that wait; the last one was busy most recently and has the warmest cache.
        var idle: [PoolThread] = []
        var count = 0
        var started = 0
        var isClosed = false
    }

    private let name: String
    private let idleNanoseconds: UInt64
    private let state = Lock(State())
    private let attentive = Atomic(0)

    init(name: String, idleTime: Duration) {
        self.name = name
        self.idleNanoseconds = UInt64(clamping: idleTime.nanoseconds)
    }

    /// True when an idle thread looks for work at this moment, so that it need not be woken.
    var hasAttentiveThread: Bool { attentive.load(ordering: .relaxed) > 0 }

    /// How many threads there are, busy and idle.
    var threadCount: Int { state.withLock { $0.count } }

    /// How many of them wait for a job.
    var idleCount: Int { state.withLock { $0.idle.count } }

    /// Runs `job` on an idle thread or a new one.
    ///
    /// - Returns: False when the system has no thread left; then `job` does not run.
    func run(_ job: @escaping PoolThread.Job) -> Bool {
        let choice = state.withLock { state -> (thread: PoolThread?, number: Int) in
            if let thread = state.idle.popLast() { return (thread, 0) }
            state.count += 1
            state.started += 1
            return (nil, state.started)
        }
        if let thread = choice.thread {
            thread.give(job)
            return true
        }
        let thread = PoolThread()
        thread.give(job)
        // What the thread is started with lives as long as the thread: not the job.
        let error = OSThread.start(name: "\(name)-\(choice.number)") { self.loop(thread) }
        if error != 0 { threadEnded() }
        return error == 0
    }

    /// Ends the idle threads now and every other one after its job; waits for none of them.
    func close() {
        let idle = state.withLock { state in
            state.isClosed = true
            defer { state.idle = [] }
            return state.idle
        }
        for thread in idle { thread.give {} }
    }

    private func loop(_ thread: PoolThread) {
        var hasJob = true
        while hasJob {
            thread.runJob()
            let isClosed = state.withLock { state in
                if !state.isClosed { state.idle.append(thread) }
                return state.isClosed
            }
            if isClosed { break }
            attentive.wrappingAdd(1, ordering: .relaxed)
            hasJob = thread.look(spins: Self.spins)
            attentive.wrappingSubtract(1, ordering: .relaxed)
            if hasJob { continue }
            hasJob = thread.wait(until: MonotonicClock.now &+ idleNanoseconds)
            if !hasJob, !leave(thread) {
                // Somebody took this thread from the idle ones just now: its job is on the way.
                hasJob = thread.wait(until: .max)
            }
        }
        threadEnded()
    }

    /// Takes an idle thread out of the pool; false when it is no longer among the idle ones.
    private func leave(_ thread: PoolThread) -> Bool {
        state.withLock { state in
            guard let index = state.idle.firstIndex(where: { $0 === thread }) else { return false }
            state.idle.remove(at: index)
            return true
        }
    }

    private func threadEnded() {
        state.withLock { $0.count -= 1 }
    }

    /// About 20 µs: somewhat less than a wake-up costs.
    private static let spins = 1000
}
