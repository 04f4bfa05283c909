internal import JoblibSystem
internal import Logging

/// This process, when it is a worker.
final class WorkerProcess: Sendable {
    let socket: FrameSocket
    let channel: FrameChannel
    let board: WorkerBoard
    let inbox: SegmentInbox
    let tellsMemory: Bool
    private let bells: Mapping

    /// Set once, when the process becomes a worker.
    private static let instance = Lock<WorkerProcess?>(nil)

    /// This process as a worker; `nil` in a program that is none.
    static var current: WorkerProcess? { instance.withLock { $0 } }

    /// Follows orders until there are no more; the process ends then.
    static func main(_ socket: FrameSocket) {
        guard let greeting = try? Greeting.receive(from: socket) else { return }
        do {
            let worker = try WorkerProcess(socket, greeting)
            instance.withLock { $0 = worker }
            worker.work(greeting)
        } catch {
            // Nothing can be told to the parent without a ring: it learns of the end, and reads this.
            StandardError.write("joblib worker: \(error)\n")
        }
    }

    private init(_ socket: FrameSocket, _ greeting: Greeting) throws {
        self.socket = socket
        ProcessorCache.set(greeting.processors)
        channel = try FrameChannel(
            opening: try SharedMemory(adopting: greeting.channel),
            spins: FrameChannel.spins(processors: greeting.processors)
        )
        board = try WorkerBoard(opening: try SharedMemory(adopting: greeting.board))
        bells = try SharedMemory(adopting: greeting.bells).map(.readWrite)
        try CrashReporter.install(try SharedMemory(adopting: greeting.crashes))
        ThrowHook.install()
        inbox = SegmentInbox(socket, takesOnce: false)
        tellsMemory = greeting.tellsMemory
    }

    func bytes(_ payload: Payload) throws -> [UInt8] {
        switch payload {
        case .inline(let bytes): bytes
        case .segment(let number, let count): try inbox.bytes(of: number, count: count)
        }
    }

    /// Sends a report, and rings the bell of the call that has this worker.
    func send(_ report: WorkerReport) {
        // It fails when the parent is gone: so is this process, in a moment.
        try? channel.writer.send(report.write(), beforeWaiting: ring)
        ring()
    }

    private func ring() { Bell.ring(board.bell, in: bells) }

    // MARK: - The loop

    private func work(_ greeting: Greeting) {
        guard greeting.version == Greeting.version, greeting.identity == Greeting.identity else {
            let text =
                "the worker is \(Greeting.describe(Greeting.identity)), its parent \(Greeting.describe(greeting.identity))"
            return send(.refused(WorkerReport.Refusal(kind: .version, text: text)))
        }
        if let thread = try? ServiceThread.shared() { channel.end(with: thread, when: socket.descriptor, .ended) }
        LoggingSystem.bootstrap { label in ForwardingLogHandler(label, self, level: greeting.logLevel) }
        if let initializer = greeting.initializer {
            board.phase = .initializing
            do {
                try Travelling.function(initializer).rebuild(as: WorkerInitializer.self).body()
            } catch {
                let text = "\(String(reflecting: type(of: error))): \(error)"
                return send(.refused(WorkerReport.Refusal(kind: .initializer, text: text)))
            }
        }
        board.phase = .idle
        send(.ready)
        var runs: [Int: Result<WorkerRun, Refused>] = [:]
        while let frame = try? channel.reader.receive() {
            guard let order = try? WorkerOrder(frame) else { return }
            switch order {
            case .open(let order):
                // Values are decoded, by code of the user's.
                board.phase = .opening
                runs[order.run] = refusing(order.run) { try WorkerRun(order, self) }
                board.phase = .idle
            case .batch(let order): follow(order, &runs)
            case .close(let run): runs[run] = nil
            case .drop(let segments): inbox.drop(segments)
            case .end: return
            }
        }
    }

    private func follow(_ order: BatchOrder, _ runs: inout [Int: Result<WorkerRun, Refused>]) {
        guard let opened = runs[order.run] else { return }
        guard case .success(var run) = opened else {
            // Said again: when the call could not be opened, the program may not have known yet what it gave this worker.
            if case .failure(let refused) = opened { send(.refused(refused.refusal)) }
            return
        }
        // Also of an order that was taken back: the functions in it are not sent again.
        if !order.functions.isEmpty {
            board.phase = .opening
            let known = refusing(order.run) { try run.adding(order.functions) }
            runs[order.run] = known
            board.phase = .idle
            guard case .success(let more) = known else { return }
            run = more
        }
        guard board.claim(order: order.number) else { return }
        // In this order: who sees the batch sees when it began.
        board.started = MonotonicClock.now
        board.batch = order.number
        board.phase = .decoding
        run.run(order)
        board.phase = .idle
    }

    /// Why a call can't be run here.
    private struct Refused: Error {
        let refusal: WorkerReport.Refusal
    }

    /// Says it to the program when something throws.
    private func refusing(_ run: Int, _ open: () throws -> WorkerRun) -> Result<WorkerRun, Refused> {
        do {
            return .success(try open())
        } catch {
            let refusal = WorkerReport.Refusal(kind: .function, text: "\(error)", run: run)
            send(.refused(refusal))
            return .failure(Refused(refusal: refusal))
        }
    }
}

/// What the C constructor calls in a worker, before `main`.
@_cdecl("joblib_worker_main")
func workerMain(_ socket: Int32) {
    WorkerProcess.main(FrameSocket(owning: socket))
}
