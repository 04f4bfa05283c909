/// Results as they come, in submission or completion order: what ``Parallel/stream(_:order:_:)`` returns.
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

    private let source: any StreamSource<Output>
    /// What has been fetched and not been read: pieces, and the one being read.
    private var pieces: [[Result<Output, TaskFailure>]] = []
    private var nextPiece = 0
    private var fetched = 0
    @usableFromInline var piece: [Result<Output, TaskFailure>] = []
    @usableFromInline var position = 0
    private var isFinished = false

    init(_ source: any StreamSource<Output>) {
        self.source = source
    }

    deinit {
        if !isFinished { source.drop() }
    }

    /// Waits for the next result, blocking the thread; `nil` at the end.
    ///
    /// Asynchronous code reads the stream with `for try await` instead, which holds up no thread.
    ///
    /// - Throws: ``TaskFailure`` for the first task that failed, which ends the stream: tasks that are under way then are not
    ///   waited for, earlier ones neither; ``JoblibError``; `CancellationError` when the Swift task around it was cancelled.
    @inlinable
    public func next() throws -> Output? {
        while position == piece.count {
            if try !refill() { return nil }
        }
        return try take()
    }

    @inlinable
    func take() throws -> Output {
        let result = piece[position]
        position += 1
        switch result {
        case .success(let output): return output
        case .failure(let failure): throw end(failure)
        }
    }

    /// Goes on to the next piece; false at the end.
    @usableFromInline
    func refill() throws -> Bool {
        if takePiece() { return true }
        do {
            return accept(isFinished ? nil : try source.more(used: fetched))
        } catch {
            isFinished = true
            throw error
        }
    }

    @usableFromInline
    func refillAsynchronously() async throws -> Bool {
        if takePiece() { return true }
        do {
            return accept(isFinished ? nil : try await source.moreAsynchronously(used: fetched))
        } catch {
            isFinished = true
            throw error
        }
    }

    private func takePiece() -> Bool {
        guard nextPiece < pieces.count else { return false }
        piece = pieces[nextPiece]
        pieces[nextPiece] = []
        position = 0
        nextPiece += 1
        return true
    }

    private func accept(_ more: [[Result<Output, TaskFailure>]]?) -> Bool {
        pieces = more ?? []
        nextPiece = 0
        piece = []
        position = 0
        fetched = pieces.reduce(0) { $0 + $1.count }
        isFinished = pieces.isEmpty
        return takePiece()
    }

    /// A task failed: the stream is over.
    @usableFromInline
    func end(_ failure: TaskFailure) -> TaskFailure {
        _ = accept(nil)
        source.drop()
        return failure
    }

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(results: self)
    }

    /// Reads the stream in asynchronous code.
    public struct AsyncIterator: AsyncIteratorProtocol {
        @usableFromInline let results: ParallelResults

        init(results: ParallelResults) {
            self.results = results
        }

        /// Waits for the next result, suspending the task; `nil` at the end.
        ///
        /// - Throws: As ``ParallelResults/next()``.
        public mutating func next() async throws -> Output? {
            while results.position == results.piece.count {
                if try await !results.refillAsynchronously() { return nil }
            }
            return try results.take()
        }

        /// Waits for the next result, suspending the task; `nil` at the end.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws -> Output? {
            while results.position == results.piece.count {
                if try await !results.refillAsynchronously() { return nil }
            }
            return try results.take()
        }
    }
}

@available(*, unavailable)
extension ParallelResults: Sendable {}
