internal import JoblibSystem
internal import Synchronization

/// One thread's part in a ``ChunkedRun``.
struct ChunkWorker {
    private let run: ChunkedRun
    private let job: ChunkJob
    private let number: Int
    private let frame: TaskFrame

    init(run: ChunkedRun, job: ChunkJob, number: Int) {
        self.run = run
        self.job = job
        self.number = number
        self.frame = TaskFrame(scope: run.scope, worker: number)
    }

    /// Takes chunks until there are none left.
    ///
    /// - Parameter launching: True for the worker that has to decide whether helpers are worth waking.
    func work(launching: Bool) {
        // One more than a chunk's tasks: the search for the first that has not ended always ends.
        let capacity = min(run.count, ChunkSizer.largest) + 1
        // Given back below; nobody else sees it after this thread's slot has been set back.
        let marks = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        unsafe frame.marks = unsafe marks
        frame.onThread { unsafe workThroughChunks(marks, launching: launching) }
        unsafe frame.marks = nil
        unsafe marks.deallocate()
    }

    private func workThroughChunks(_ marks: UnsafeMutablePointer<UInt8>, launching: Bool) {
        // Alone, this thread need not leave anything to others.
        var sizer = ChunkSizer(fixed: run.chunkSize, jobs: launching ? 1 : run.jobs)
        var done: [Range<Int>] = []
        var report = RunReport.Worker(index: number)
        var launching = launching
        let began = MonotonicClock.now
        var now = began
        while !run.scope.isStopped, let chunk = take(sizer) {
            if Task.isCancelled {
                run.cancel()
                break
            }
            unsafe marks.update(repeating: 0, count: chunk.count + 1)
            unsafe frame.base = chunk.lowerBound
            do {
                let frame = unsafe ChunkFrame(
                    input: job.input,
                    output: job.output,
                    lower: chunk.lowerBound,
                    upper: chunk.upperBound,
                    marks: marks
                )
                try AutoreleaseScope.run { try unsafe job.loop(frame) }
            } catch {
                let index = frame.index
                add(chunk.lowerBound..<index, to: &done)
                report.tasks += index - chunk.lowerBound + 1
                report.batches += 1
                run.ended(index - chunk.lowerBound)
                run.fail(ChunkFailure(index: index, error: error, worker: number))
                break
            }
            let before = now
            now = MonotonicClock.now
            run.ended(chunk.count)
            sizer.chunkEnded(count: chunk.count, nanoseconds: now - before)
            add(chunk, to: &done)
            report.tasks += chunk.count
            report.batches += 1
            if launching, isWorthHelping(chunk, nanoseconds: now - before) {
                launching = false
                sizer.jobs = run.jobs
                run.launchHelper(job)
            }
        }
        // Told to stop, perhaps by the end of the call around this one: then there are results missing.
        if run.scope.isStopped { run.cancel() }
        report.busy = .nanoseconds(Int64(clamping: MonotonicClock.now - began))
        run.record(report, done: done)
    }

    private func take(_ sizer: ChunkSizer) -> Range<Int>? {
        let remaining = run.supply.remaining
        return remaining > 0 ? run.supply.take(sizer.next(remaining: remaining)) : nil
    }

    /// True when what is left will keep this thread busy for longer than a wake-up takes.
    ///
    /// Says so only of a chunk that took long enough to be measured.
    private func isWorthHelping(_ chunk: Range<Int>, nanoseconds: UInt64) -> Bool {
        guard nanoseconds > 1_000 else { return false }
        // A thread that still looks around is there at once.
        let wakeUp = run.pool.hasAttentiveThread ? 2_500.0 : 50_000
        return Double(nanoseconds) / Double(chunk.count) * Double(run.supply.remaining) > wakeUp
    }

    /// Neighbouring chunks become one range: often all of them.
    private func add(_ chunk: Range<Int>, to done: inout [Range<Int>]) {
        guard job.tracksResults, !chunk.isEmpty else { return }
        // The supply has four ends.
        for place in done.indices.suffix(4) {
            if done[place].upperBound == chunk.lowerBound {
                done[place] = done[place].lowerBound..<chunk.upperBound
                return
            }
            if done[place].lowerBound == chunk.upperBound {
                done[place] = chunk.lowerBound..<done[place].upperBound
                return
            }
        }
        done.append(chunk)
    }
}
