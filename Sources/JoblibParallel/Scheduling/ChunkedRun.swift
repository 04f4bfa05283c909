internal import JoblibSystem
internal import Synchronization

/// The fast road: a call over a collection, on threads, of which nothing is asked but the results.
///
/// Threads take chunks of tasks from a shared supply and write results straight into the array's memory. The calling thread
/// works too. At the end it waits only for threads that have joined, not for those that have yet to wake up: `gate` is the
/// place where they meet. Bit 0 says that nobody may join any more; the rest counts those inside. Whoever leaves last
/// through a closed gate signals the caller.
@usableFromInline
final class ChunkedRun: Sendable {
    let count: Int
    let jobs: Int
    /// How many tasks a thread takes at a time; `nil`: found by measuring.
    let chunkSize: Int?
    let pool: ThreadPool
    let scope: RunScope
    let supply: ChunkSupply

    private let start = MonotonicClock.now
    private let end = Atomic<UInt64>(0)
    private let gate = Atomic(0)
    private let launched = Atomic(0)
    private let doneCount = Atomic(0)
    private let callerSignal = CallerSignal()
    private let outcome = Lock(Outcome())

    /// What the threads leave behind.
    private struct Outcome {
        var failure: ChunkFailure?
        /// The positions that have results; a call that failed destroys them.
        var done: [Range<Int>] = []
        var workers: [RunReport.Worker] = []
        /// Told of the failure by the thread that met it.
        var whenFailed: (@Sendable (ChunkFailure) -> Void)?
        /// What the last thread has to do that was still in a task when the call failed.
        var cleanUp: (@Sendable ([Range<Int>]) -> Void)?
    }

    init(count: Int, jobs: Int, chunkSize: Int?, pool: ThreadPool, scope: RunScope) {
        self.count = count
        self.jobs = jobs
        self.chunkSize = chunkSize
        self.pool = pool
        self.scope = scope
        supply = ChunkSupply(count: count, isOrdered: jobs == 1)
    }

    // MARK: - The calling thread

    /// Runs all tasks.
    ///
    /// - Returns: `nil` when every result is in place. After a failure other threads may still be in a task and write a
    ///   result: their memory is given back by ``discard(_:)``.
    @usableFromInline
    func run(_ job: ChunkJob) -> ChunkFailure? {
        let samples = count >= Self.sampleThreshold
        if !samples, count > 1 { launchHelper(job) }
        ChunkWorker(run: self, job: job, number: 0).work(launching: samples)
        close()
        end.store(MonotonicClock.now, ordering: .relaxed)
        LastReport.store(self)
        return outcome.withLock { outcome in
            // It may hold this object.
            outcome.whenFailed = nil
            return outcome.failure
        }
    }

    /// With fewer tasks helpers are woken at once. With more, the caller works for some microseconds first, and wakes them
    /// only when what is left will take longer than waking them does.
    private static let sampleThreshold = 4096

    private func close() {
        guard gate.bitwiseOr(1, ordering: .acquiringAndReleasing).oldValue > 1 else { return }
        // Somebody else may run meanwhile.
        scope.budget.release()
        while gate.load(ordering: .acquiring) > 1, outcome.withLock({ $0.failure == nil }) { callerSignal.wait() }
        scope.budget.acquireAnyway()
    }

    /// Destroys the results of a call that failed, now or when the last thread has left.
    @usableFromInline
    func discard(_ cleanUp: @escaping @Sendable ([Range<Int>]) -> Void) {
        let ready = outcome.withLock { outcome -> [Range<Int>]? in
            if gate.load(ordering: .acquiring) <= 1 { return outcome.done }
            outcome.cleanUp = cleanUp
            return nil
        }
        if let ready { cleanUp(ready) }
    }

    /// Tells all threads to stop, and the caller that the call was cancelled.
    func cancel() {
        fail(ChunkFailure(index: 0, error: CancellationError(), worker: 0, isCancellation: true))
    }

    // MARK: - The helpers

    /// Wakes one more thread, unless all are awake.
    func launchHelper(_ job: ChunkJob) {
        guard launched.load(ordering: .relaxed) < jobs - 1 else { return }
        let number = launched.wrappingAdd(1, ordering: .relaxed).newValue
        guard number < jobs else { return }
        // A Swift task, so that the caller's task-local values are seen. On our own threads it may compute for long.
        Task(executorPreference: job.executor(for: self)) { self.help(job, number: number) }
    }

    private func help(_ job: ChunkJob, number: Int) {
        guard enter() else { return }
        // Each wakes the next, so that the caller pays for one wake-up only.
        if supply.remaining > 0 { launchHelper(job) }
        ChunkWorker(run: self, job: job, number: number).work(launching: false)
        leave()
    }

    private func enter() -> Bool {
        var seen = gate.load(ordering: .relaxed)
        while seen & 1 == 0 {
            let (exchanged, original) = gate.compareExchange(
                expected: seen,
                desired: seen + 2,
                ordering: .acquiringAndReleasing
            )
            if exchanged { return true }
            seen = original
        }
        return false
    }

    private func leave() {
        guard gate.wrappingSubtract(2, ordering: .acquiringAndReleasing).newValue == 1 else { return }
        callerSignal.signal()
        let late = outcome.withLock { outcome in
            defer { outcome.cleanUp = nil }
            return outcome.cleanUp.map { ($0, outcome.done) }
        }
        if let late { late.0(late.1) }
    }

    // MARK: - What workers report

    /// Tasks have ended well.
    func ended(_ count: Int) {
        doneCount.wrappingAdd(count, ordering: .relaxed)
    }

    func fail(_ failure: ChunkFailure) {
        let whenFailed = outcome.withLock { outcome in
            if outcome.failure == nil { outcome.failure = failure }
            defer { outcome.whenFailed = nil }
            return outcome.whenFailed
        }
        scope.stop()
        callerSignal.signal()
        if let whenFailed {
            end.store(MonotonicClock.now, ordering: .relaxed)
            LastReport.store(self)
            whenFailed(failure)
        }
    }

    /// Asks to be told when the call fails: by whoever waits for it elsewhere than in ``run(_:)``.
    func whenFailed(_ body: @escaping @Sendable (ChunkFailure) -> Void) {
        outcome.withLock { $0.whenFailed = body }
    }

    func record(_ worker: RunReport.Worker, done: [Range<Int>]) {
        outcome.withLock { outcome in
            outcome.workers.append(worker)
            outcome.done += done
        }
    }

    /// The failure as the caller sees it.
    @usableFromInline
    func error(_ failure: ChunkFailure, _ describe: (Int) -> TaskCall) -> any Error {
        if failure.isCancellation { return CancellationError() }
        return TaskFailure(
            index: failure.index,
            call: describe(failure.index),
            reason: .threw,
            underlying: failure.error,
            worker: .here(failure.worker),
            tasksDone: doneCount.load(ordering: .relaxed)
        )
    }
}

extension ChunkedRun: ReportSource {
    var runReport: RunReport {
        let (workers, failure) = outcome.withLock { ($0.workers, $0.failure) }
        return RunReport(
            backend: jobs == 1 ? SequentialBackend().name : ThreadsBackend().name,
            jobs: jobs,
            elapsed: .nanoseconds(Int64(clamping: end.load(ordering: .relaxed) &- start)),
            tasks: workers.reduce(0) { $0 + $1.tasks },
            failed: failure.map { $0.isCancellation ? 0 : 1 } ?? 0,
            workers: workers.sorted { $0.index < $1.index }
        )
    }
}
