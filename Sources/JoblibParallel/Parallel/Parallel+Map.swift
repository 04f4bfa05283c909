extension Parallel {
    /// Calls `body` with each element, up to `jobs` of them at once, and returns the results in the order of the input.
    ///
    /// The input may be lazy, and longer than memory: it is read on this thread, as far ahead of the workers as
    /// `preDispatch` says.
    ///
    /// ```swift
    /// let hogs = try Parallel(jobs: 8).map(files) { try hog($0) }
    /// ```
    ///
    /// - Parameters:
    ///   - inputs: Any sequence of `Sendable` elements.
    ///   - body: Called on several threads at once. It may block.
    /// - Throws: ``TaskFailure`` for the first task that failed, ``JoblibError`` for options that make no sense,
    ///   `CancellationError` when the Swift task around the call was cancelled.
    @inlinable
    public func map<S: Sequence, R: Sendable>(
        _ inputs: S,
        _ body: @escaping @Sendable (S.Element) throws -> R
    ) throws -> [R] where S.Element: Sendable {
        try call(Feed(inputs), .blocking(body)).values()
    }

    /// Calls `body` with each element of a collection; see ``map(_:_:)``.
    ///
    /// This is the fast road: over an array the compiler turns the loop into what it would make of a `for` loop.
    @inlinable
    @inline(__always)
    public func map<C: RandomAccessCollection & Sendable, R: Sendable>(
        _ inputs: C,
        _ body: @escaping @Sendable (C.Element) throws -> R
    ) throws -> [R] where C.Element: Sendable {
        try mapFast(inputs, body, otherwise: .blocking(body))
    }

    /// The fast road where it can be taken, and `work` where the options ask for more.
    @inlinable
    @inline(__always)
    func mapFast<C: RandomAccessCollection & Sendable, R: Sendable>(
        _ inputs: C,
        _ body: @escaping @Sendable (C.Element) throws -> R,
        otherwise work: @autoclosure () -> Work<C.Element, R>
    ) throws -> [R] where C.Element: Sendable {
        guard let run = try chunkedRun(count: inputs.count) else { return try call(Feed(inputs), work()).values() }
        if C.self == [C.Element].self {
            // The two types were just seen to be the same.
            let array = unsafe unsafeBitCast(inputs, to: [C.Element].self)
            return try unsafe run.collect(
                R.self,
                input: Parallel.address(of: array),
                keeping: array,
                loop: ChunkLoops.overArray(body)
            ) { TaskNaming.call(body, array[$0]) }
        }
        let box = CollectionBox(inputs)
        return try unsafe run.collect(
            R.self,
            input: box.address,
            keeping: box,
            loop: ChunkLoops.overCollection(of: C.self, body)
        ) { TaskNaming.call(body, Parallel.element(at: $0, of: box.collection)) }
    }

    /// Calls `body` with each element and with `shared`, which is sent once to each worker, not once for each task.
    ///
    /// ```swift
    /// let scores = try Parallel(jobs: 4).map(configurations, sharing: data) { configuration, data in
    ///     score(data, configuration)
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - inputs: Any sequence of `Sendable` elements.
    ///   - shared: What every task needs.
    ///   - body: Called on several threads at once. It may block.
    /// - Throws: As ``map(_:_:)``.
    @inlinable
    public func map<S: Sequence, Shared: Sendable, R: Sendable>(
        _ inputs: S,
        sharing shared: Shared,
        _ body: @escaping @Sendable (S.Element, Shared) throws -> R
    ) throws -> [R] where S.Element: Sendable {
        try call(Feed(inputs), .blocking(sharing: shared, body)).values()
    }
}

// MARK: - Behind the inlined code

extension Parallel {
    /// The fast road, or `nil` when the options ask for more than results.
    @usableFromInline
    func chunkedRun(count: Int, asynchronous: Bool = false) throws -> ChunkedRun? {
        // Helpers might do everything before the caller's own thread looks.
        try Task.checkCancellation()
        if options.namesJobsAtMost, ParallelOptions.configured == nil, !TaskContext.isInsideTask,
            ParallelBackendRegistry.environmentName == nil
        {
            // What most calls are: no option but the number of jobs.
            let jobs = try (options.jobs ?? .allProcessors).effective(processors: ProcessorCache.count)
            let scope = RunScope(parent: nil, jobs: jobs, callerWorks: !asynchronous, seed: nil)
            return ChunkedRun(count: count, jobs: jobs, chunkSize: nil, pool: pool?.threads ?? .shared, scope: scope)
        }
        let plan = try RunPlan(options, pool: pool)
        guard plan.isPlain else { return nil }
        let scope = plan.scope(callerWorks: !asynchronous)
        return ChunkedRun(count: count, jobs: plan.jobs, chunkSize: plan.chunkSize, pool: plan.pool, scope: scope)
    }

    /// Where an array keeps its elements; valid as long as a copy of the array lives.
    @inlinable
    @inline(__always)
    static func address<Element>(of array: [Element]) -> UnsafeRawPointer {
        // An array of nothing may have no memory; nothing will be read then.
        unsafe array.withUnsafeBufferPointer { buffer in
            unsafe UnsafeRawPointer(buffer.baseAddress) ?? UnsafeRawPointer(bitPattern: 16).unsafelyUnwrapped
        }
    }

    @inlinable
    static func element<C: RandomAccessCollection>(at position: Int, of collection: C) -> C.Element {
        collection[collection.index(collection.startIndex, offsetBy: position)]
    }
}
