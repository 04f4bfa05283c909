internal import JoblibSystem

extension ChunkedRun {
    /// Runs `loop` over all chunks and returns the results as an array that they were written into.
    ///
    /// - Parameters:
    ///   - input: What the loop reads elements from.
    ///   - keeping: What keeps `input` valid.
    ///   - describe: Names the call at a position, should it fail.
    @inlinable
    func collect<R: Sendable>(
        _ type: R.Type,
        input: UnsafeRawPointer,
        keeping: any Sendable,
        loop: @escaping ChunkLoop,
        describe: (Int) -> TaskCall
    ) throws -> [R] {
        var failure: ChunkFailure?
        let results = unsafe [R](unsafeUninitializedCapacity: taskCount) { buffer, initialized in
            guard let base = buffer.baseAddress else { return }
            let output = UnsafeMutableRawPointer(base)
            unsafe prepare(output, byteCount: taskCount * MemoryLayout<R>.stride)
            failure = unsafe run(
                ChunkJob(
                    input: input,
                    keeping: keeping,
                    output: output,
                    tracksResults: !_isPOD(R.self),
                    loop: loop
                )
            )
            // After a failure the array keeps its memory and owns nothing in it.
            initialized = failure == nil ? taskCount : 0
        }
        guard let failure else { return results }
        let error = error(failure, describe)
        discard { done in
            // A thread that was left behind writes into the memory of `results` until now.
            unsafe results.withUnsafeBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                let start = unsafe UnsafeMutablePointer(mutating: base)
                for range in done { unsafe (start + range.lowerBound).deinitialize(count: range.count) }
            }
        }
        throw error
    }

    @usableFromInline var taskCount: Int { count }

    /// Memory for many results is fresh from the system as a rule: filling it costs a page fault for each page, more time than
    /// many a body takes. Large pages make that 512 times fewer; NumPy does the same from the same size on.
    @usableFromInline
    func prepare(_ memory: UnsafeMutableRawPointer, byteCount: Int) {
        if byteCount >= 4 << 20 { unsafe LargePages.prefer(memory, byteCount: byteCount) }
    }

    /// As ``collect(_:input:keeping:loop:describe:)``, on our own threads alone, while the caller is suspended.
    @inlinable
    func collect<R: Sendable>(
        _ type: R.Type,
        input: UnsafeRawPointer,
        keeping: any Sendable,
        loop: @escaping ChunkLoop,
        describe: @escaping @Sendable (Int) -> TaskCall
    ) async throws -> [R] {
        // Valid as long as `keeping`, which the task holds.
        nonisolated(unsafe) let input = unsafe input
        return try await onOwnThread(describe) {
            try unsafe self.collect(type, input: input, keeping: keeping, loop: loop, describe: describe)
        }
    }

    /// Runs `body` on one of our own threads; the call is cancelled when the surrounding task is.
    ///
    /// A call that fails returns at once, though the thread may still be in a task.
    @usableFromInline
    func onOwnThread<R: Sendable>(
        _ describe: @escaping @Sendable (Int) -> TaskCall,
        _ body: @escaping @Sendable () throws -> R
    ) async throws -> R {
        let outcome = OneShot<Result<R, any Error>>()
        whenFailed { outcome.resolve(.failure(self.error($0, describe))) }
        let executor = ThreadExecutor(width: 1, pool: pool, budget: scope.budget)
        let task = Task(executorPreference: executor) { outcome.resolve(Result { try body() }) }
        return try await withTaskCancellationHandler {
            try await outcome.value().get()
        } onCancel: {
            task.cancel()
            self.cancel()
        }
    }
}
