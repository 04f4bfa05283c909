internal import JoblibSystem
internal import Synchronization

/// The fast road: a call over a collection, on threads, of which nothing is asked but the results.
///
/// The tasks are taken in chunks from a shared counter; results go straight into the array's memory. The calling thread
/// works too, and waits at the end only for the threads that have taken a chunk, not for those that have yet to wake up.
///
/// See README.md in this folder for how the threads come together and part.
@usableFromInline
final class ChunkedRun: Sendable {
    let count: Int
    let plan: RunPlan
    let scope: RunScope
    private let start = MonotonicClock.now

    private let next = Atomic(0)
    /// Twice the number of threads that take part, plus 1 once no more may join.
    private let gate = Atomic(0)
    private let launched = Atomic(0)
    private let callerSignal = CallerSignal()
    private let outcome = Mutex(Outcome())
    private let ended = Atomic<UInt64>(0)

    private struct Outcome {
        var failure: Failure?
        /// The positions that have results; kept to destroy them when the call fails.
        var done: [Range<Int>] = []
        var workers: [RunReport.Worker] = []
        /// What the last thread does that was left behind.
        var cleanUp: (@Sendable ([Range<Int>]) -> Void)?
        var isEmpty = false
    }

    struct Failure: Sendable {
        let index: Int
        let error: any Error
        let worker: Int
    }

    init(count: Int, plan: RunPlan) {
        self.count = count
        self.plan = plan
        self.scope = plan.scope()
    }

    // MARK: - The calling thread

    /// Runs all tasks; returns `nil` when every result is in place.
    ///
    /// After a failure other threads may still be in a task. They must not lose their memory: see ``leaveBehind(_:)``.
    func run(input: sending UnsafeRawPointer, output: UnsafeMutableRawPointer, keeping: AnyObject?, loop: @escaping ChunkLoop) -> Failure? {
        let crew = unsafe Crew(input: input, output: output, keeping: keeping, loop: loop)
        var member = Participant(run: self, crew: crew, worker: 0)
        let mayHelp = plan.jobs > 1 && count > 1
        if mayHelp, count < Self.sampleThreshold { launchHelper(crew) }
        member.work(onPause: mayHelp && count >= Self.sampleThreshold ? { self.launchHelper(crew) } : nil)
        member.leave()
        waitForOthers()
        ended.store(MonotonicClock.now, ordering: .relaxed)
        return outcome.withLock { $0.failure }
    }
}
