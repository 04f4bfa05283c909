/// Results as they come, in submission or completion order: what ``Parallel/stream(_:order:_:)-(S,_,_)`` returns.
///
/// Read it with `for try await`, or with ``next()`` where nothing may suspend. What has not been read is bounded: the call
/// pauses while the reader is `preDispatch` batches behind. Letting go of it stops the call and frees its workers, without
/// harm to other calls.
///
/// ```swift
/// for try await page in Parallel(jobs: 8).stream(files, order: .completion, { try ocr($0) }) {
///     index.add(page)
/// }
/// ```
///
/// It belongs to one reader, as it reads the input in the reader's context. Reading it several times goes on where the last
/// reader stopped.
public final class ParallelResults<Output: Sendable>: AsyncSequence {
    public typealias Element = Output

    private var source: any StreamSource<Output>
    private var buffer: [Result<Output, TaskFailure>] = []
    private var position = 0
    private var isFinished = false

    init(_ source: any StreamSource<Output>) {
        self.source = source
    }

    deinit {
        if !isFinished { source.drop() }
    }

    /// Waits for the next result, blocking the thread; `nil` at the end.
    ///
    /// - Throws: ``TaskFailure`` for the first task that failed, which ends the stream; ``JoblibError``;
    ///   `CancellationError` when the Swift task around it was cancelled.
    @available(*, noasync, message: "read the stream with `for try await` in asynchronous code")
    public func next() throws -> Output? {
        while !isFinished {
            if let result = buffered() { return try get(result) }
            isFinished = try !refill { try $0.more(used: $1) }
        }
        return nil
    }

    private func refill(_ more: (any StreamSource<Output>, Int) throws -> [Result<Output, TaskFailure>]?) throws -> Bool {
        let used = position
        buffer = []
        position = 0
        do {
            buffer = try more(source, used) ?? []
        } catch {
            isFinished = true
            throw error
        }
        return !buffer.isEmpty
    }

    private func buffered() -> Result<Output, TaskFailure>? {
        guard position < buffer.count else { return nil }
        defer { position += 1 }
        return buffer[position]
    }

    private func get(_ result: Result<Output, TaskFailure>) throws -> Output {
        do {
            return try result.get()
        } catch {
            isFinished = true
            source.drop()
            throw error
        }
    }

    fileprivate func nextAsynchronously() async throws -> Output? {
        while !isFinished {
            if let result = buffered() { return try get(result) }
            let used = position
            buffer = []
            position = 0
            do {
                buffer = try await source.moreAsynchronously(used: used) ?? []
            } catch {
                isFinished = true
                throw error
            }
            isFinished = buffer.isEmpty
        }
        return nil
    }

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(results: self)
    }

    /// Reads the stream in asynchronous code.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let results: ParallelResults

        /// Waits for the next result, suspending the task; `nil` at the end.
        ///
        /// - Throws: As ``ParallelResults/next()``.
        public mutating func next() async throws -> Output? {
            try await results.nextAsynchronously()
        }

        /// Waits for the next result, suspending the task; `nil` at the end.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws -> Output? {
            try await results.nextAsynchronously()
        }
    }
}

@available(*, unavailable)
extension ParallelResults: Sendable {}
