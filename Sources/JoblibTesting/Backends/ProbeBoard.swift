internal import JoblibParallel
internal import JoblibSystem
internal import Synchronization

/// Gives a session batches of its own making, and writes down what becomes of them.
final class ProbeBoard: Sendable {
    struct Books {
        /// How often each batch was run, or failed, by its number.
        var calls: [Int: Int] = [:]
        var ended: Set<Int> = []
        /// The workers of the batches that run now.
        var running: [Int: Int] = [:]
        var largestRunning = 0
        var abandoned: Set<Int> = []
        /// What was wrong with worker numbers.
        var wrongWorkers: [String] = []
        var isOpen = true
    }

    private let capacity: Int
    private let books = Mutex(Books())
    private let monitor = Monitor()

    init(capacity: Int) {
        self.capacity = capacity
    }

    var snapshot: Books { books.withLock { $0 } }

    func batch(_ id: Int, isAsynchronous: Bool = false) -> TaskBatch {
        TaskBatch(runner: ProbeBatch(id: id, isAsynchronous: isAsynchronous, board: self))
    }

    // MARK: - Holding batches back

    /// Lets batches that run from now on wait for ``open()``.
    func close() {
        books.withLock { $0.isOpen = false }
    }

    func open() {
        monitor.withLock {
            books.withLock { $0.isOpen = true }
            monitor.broadcast()
        }
    }

    /// Batches that are told apart from those that are still wanted.
    func abandon(_ ids: Range<Int>) {
        books.withLock { books in
            for id in ids {
                books.abandoned.insert(id)
                books.running[id] = nil
            }
        }
    }

    // MARK: - What batches report

    func begin(_ id: Int, worker: Int) {
        books.withLock { books in
            books.calls[id, default: 0] += 1
            if !(0..<capacity).contains(worker) {
                books.wrongWorkers.append("batch \(id) ran at worker \(worker), the capacity is \(capacity)")
            }
            if let other = books.running.first(where: { $0.value == worker && $0.key != id })?.key {
                books.wrongWorkers.append("batches \(other) and \(id) ran at once, both at worker \(worker)")
            }
            books.running[id] = worker
            books.largestRunning = max(books.largestRunning, books.running.count)
        }
    }

    func hold() {
        monitor.withLock {
            while books.withLock({ !$0.isOpen }) { monitor.wait() }
        }
    }

    func end(_ id: Int) {
        books.withLock { books in
            books.running[id] = nil
            books.ended.insert(id)
        }
    }

    func refused(_ id: Int) {
        books.withLock { books in
            books.calls[id, default: 0] += 1
            books.ended.insert(id)
        }
    }
}

/// A batch without tasks.
private final class ProbeBatch: BatchRunner {
    let batch: Dispatch.Batch
    let isAsynchronous: Bool
    private let board: ProbeBoard

    init(id: Int, isAsynchronous: Bool, board: ProbeBoard) {
        batch = Dispatch.Batch(id: id, tasks: id..<id + 1, attempt: 1)
        self.isAsynchronous = isAsynchronous
        self.board = board
    }

    func runBlocking(worker: Int) {
        if isAsynchronous { return board.refused(batch.id) }
        board.begin(batch.id, worker: worker)
        board.hold()
        board.end(batch.id)
    }

    func run(worker: Int) async {
        if !isAsynchronous { return runBlocking(worker: worker) }
        board.begin(batch.id, worker: worker)
        await Task.yield()
        board.end(batch.id)
    }

    func fail(_ error: JoblibError) { board.refused(batch.id) }

    func cancel() {}
}
