internal import JoblibSystem

/// What the threads of a ``ChunkedRun`` work on: where elements come from, where results go, what to do.
@safe
@usableFromInline
final class ChunkJob: Sendable {
    // Elements are only read. They belong to `keeping`, which lives as long as this object.
    nonisolated(unsafe) let input: UnsafeRawPointer
    // Each position is written by one thread. The array lives until the last thread has left: see `ChunkedRun.discard`.
    nonisolated(unsafe) let output: UnsafeMutableRawPointer
    let loop: ChunkLoop
    /// True when results that are not wanted have to be destroyed.
    let tracksResults: Bool
    private let keeping: any Sendable
    private let executor = Lock<ThreadExecutor?>(nil)

    @usableFromInline
    init(
        input: UnsafeRawPointer,
        keeping: any Sendable,
        output: UnsafeMutableRawPointer,
        tracksResults: Bool,
        loop: @escaping ChunkLoop
    ) {
        unsafe self.input = unsafe input
        unsafe self.output = unsafe output
        unsafe self.loop = unsafe loop
        self.keeping = keeping
        self.tracksResults = tracksResults
    }

    /// Where the helpers run; made when the first is woken.
    func executor(for run: ChunkedRun) -> ThreadExecutor {
        executor.withLock { executor in
            if let executor { return executor }
            let made = ThreadExecutor(width: run.jobs - 1, pool: run.pool, budget: run.scope.budget)
            executor = made
            return made
        }
    }
}
