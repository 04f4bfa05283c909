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
    private let mainBell: Bell?

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
        mainBell = Bell(in: bells, number: 0)
        tellsMemory = greeting.tellsMemory
    }

    func bell(_ number: Int) -> Bell? { Bell(in: bells, number: number) }

    func bytes(_ payload: Payload) throws -> [UInt8] {
        switch payload {
        case .inline(let bytes): bytes
        case .segment(let number, let count): try inbox.bytes(of: number, count: count)
        }
    }

    /// Sends a report, and rings the bell of whoever waits for it.
    func send(_ report: WorkerReport, _ bell: Bell?) {
        // The parent is gone: so is this process, in a moment.
        try? channel.writer.send(report.write())
        bell?.ring()
    }

    // MARK: - The loop

    private func work(_ greeting: Greeting) {
        guard greeting.version == Greeting.version, greeting.identity == Greeting.identity else {
            let text =
                "the worker is \(Greeting.describe(Greeting.identity)), its parent \(Greeting.describe(greeting.identity))"
            return send(.refused(WorkerReport.Refusal(kind: .version, text: text)), mainBell)
        }
        if let thread = try? ServiceThread.shared() { channel.end(with: thread, when: socket.descriptor, .ended) }
        LoggingSystem.bootstrap { label in ForwardingLogHandler(label, self, self.mainBell, level: greeting.logLevel) }
        if let initializer = greeting.initializer {
            board.phase = .initializing
            do {
                try Travelling.function(initializer).rebuild(as: WorkerInitializer.self).body()
            } catch {
                let text = "\(String(reflecting: type(of: error))): \(error)"
                return send(.refused(WorkerReport.Refusal(kind: .initializer, text: text)), mainBell)
            }
        }
        board.phase = .idle
        send(.ready, mainBell)
        var runs: [Int: WorkerRun] = [:]
        while let frame = try? channel.reader.receive() {
            guard let order = try? WorkerOrder(frame) else { return }
            switch order {
            case .open(let order):
                do {
                    runs[order.run] = try WorkerRun(order, self)
                } catch {
                    let text = "\(error)"
                    send(.refused(WorkerReport.Refusal(kind: .function, text: text)), bell(order.bell))
                }
            case .batch(let order): follow(order, &runs)
            case .close(let run): runs[run] = nil
            case .drop(let segments): inbox.drop(segments)
            case .end: return
            }
        }
    }

    private func follow(_ order: BatchOrder, _ runs: inout [Int: WorkerRun]) {
        guard var run = runs[order.run] else { return }
        do {
            // Also of an order that was taken back: the functions in it are not sent again.
            if !order.functions.isEmpty {
                run = try run.adding(order.functions)
                runs[order.run] = run
            }
            guard board.claim(order: order.number) else { return }
            board.batch = order.number
            board.started = MonotonicClock.now
            board.phase = .decoding
            try run.run(order)
        } catch {
            let text = "\(error)"
            send(.refused(WorkerReport.Refusal(kind: .function, text: text)), bell(run.order.bell))
        }
        board.phase = .idle
    }
}

/// What the C constructor calls in a worker, before `main`.
@_cdecl("joblib_worker_main")
func workerMain(_ socket: Int32) {
    WorkerProcess.main(FrameSocket(owning: socket))
}
