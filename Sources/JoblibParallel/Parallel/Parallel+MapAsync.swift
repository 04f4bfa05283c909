extension Parallel {
    /// Calls `body` with each element on up to `jobs` own threads, while the caller is suspended.
    ///
    /// `body` may block or compute for long: neither the caller's thread nor Swift's thread pool is held up.
    ///
    /// ```swift
    /// let hogs = try await Parallel(jobs: 8).map(files) { try hog($0) }
    /// ```
    ///
    /// - Parameters:
    ///   - inputs: Any sequence of `Sendable` elements; it is read where the caller runs.
    ///   - body: Called on several threads at once.
    /// - Throws: As the blocking form; `CancellationError` as soon as the surrounding task is cancelled.
    @inlinable
    public func map<S: Sequence, R: Sendable>(
        _ inputs: S,
        _ body: @escaping @Sendable (S.Element) throws -> R
    ) async throws -> [R] where S.Element: Sendable {
        try await call(Feed(inputs), .blocking(body)).values()
    }

    /// Calls `body` with each element of a collection, while the caller is suspended.
    @inlinable
    @inline(__always)
    public func map<C: RandomAccessCollection & Sendable, R: Sendable>(
        _ inputs: C,
        _ body: @escaping @Sendable (C.Element) throws -> R
    ) async throws -> [R] where C.Element: Sendable {
        try await mapFast(inputs, body, otherwise: .blocking(body))
    }

    /// The fast road where it can be taken, and `work` where the options ask for more.
    @inlinable
    @inline(__always)
    func mapFast<C: RandomAccessCollection & Sendable, R: Sendable>(
        _ inputs: C,
        _ body: @escaping @Sendable (C.Element) throws -> R,
        otherwise work: @autoclosure () -> Work<C.Element, R>
    ) async throws -> [R] where C.Element: Sendable {
        guard let run = try chunkedRun(count: inputs.count, asynchronous: true) else {
            return try await call(Feed(inputs), work()).values()
        }
        if C.self == [C.Element].self {
            // The two types were just seen to be the same.
            let array = unsafe unsafeBitCast(inputs, to: [C.Element].self)
            return try await unsafe run.collect(
                R.self,
                input: Parallel.address(of: array),
                keeping: array,
                loop: ChunkLoops.overArray(body)
            ) { TaskNaming.call(body, array[$0]) }
        }
        let box = CollectionBox(inputs)
        return try await unsafe run.collect(
            R.self,
            input: box.address,
            keeping: box,
            loop: ChunkLoops.overCollection(of: C.self, body)
        ) { TaskNaming.call(body, Parallel.element(at: $0, of: box.collection)) }
    }

    /// Calls `body` with each element and with `shared`, while the caller is suspended.
    ///
    /// - Throws: As ``map(_:_:)``.
    @inlinable
    public func map<S: Sequence, Shared: Sendable, R: Sendable>(
        _ inputs: S,
        sharing shared: Shared,
        _ body: @escaping @Sendable (S.Element, Shared) throws -> R
    ) async throws -> [R] where S.Element: Sendable {
        try await call(Feed(inputs), .blocking(sharing: shared, body)).values()
    }
}
