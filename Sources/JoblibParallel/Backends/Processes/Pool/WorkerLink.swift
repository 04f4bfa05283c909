internal import JoblibSystem
internal import Logging
internal import Synchronization

/// A worker process, seen from the program that started it.
final class WorkerLink: Sendable {
    /// What the process has been sent and has done.
    struct Ledger {
        var segments: Set<UInt64> = []
        var runs: Set<Int> = []
        /// By call: which functions of delayed calls it knows.
        var functions: [Int: Set<Int>] = [:]
        var lastOrder: UInt64 = 0
        /// Orders that found no room; they go before the next one.
        var unsent: [WorkerOrder] = []
    }

    let child: ChildProcess
    let channel: FrameChannel
    let socket: FrameSocket
    let board: WorkerBoard
    /// What it leaves behind when it crashes.
    let crashes: CrashArea
    /// What it sends beside its messages.
    let inbox: SegmentInbox
    let errors: ErrorRelay.Stream
    /// Held while something is sent: what a message names must have been sent before it.
    let ledger = Lock(Ledger())
    /// The call that may take reports; held while they are taken, since they come in order.
    let reports = Lock<Int?>(nil)
    /// How many threads the libraries in it were told to start.
    let threads: Int
    /// When it was started, on the monotonic clock.
    let birth = MonotonicClock.now
    private let dead = Atomic(false)
    private let ready = Atomic(false)
    private let given = Atomic(0)
    /// Whose bell rings when the process ends.
    private let listener = Lock<Bell?>(nil)
    private let watch = Lock<ServiceThread.Watch?>(nil)

    private init(
        child: ChildProcess,
        channel: FrameChannel,
        socket: FrameSocket,
        board: WorkerBoard,
        crashes: CrashArea,
        errors: ErrorRelay.Stream,
        threads: Int
    ) {
        self.threads = threads
        self.child = child
        self.channel = channel
        self.socket = socket
        self.board = board
        self.crashes = crashes
        self.errors = errors
        inbox = SegmentInbox(socket, takesOnce: true)
    }

    /// Starts a worker. It can be sent orders at once; it takes some milliseconds until it follows them.
    ///
    /// - Parameters:
    ///   - settings: The pool's.
    ///   - bells: The pool's bells.
    ///   - threads: How many threads the libraries in it should start for themselves.
    /// - Throws: `SystemError` when the system refuses a process, memory or a descriptor.
    static func start(_ settings: WorkerSettings, bells: SharedMemory, threads: Int) throws(SystemError) -> WorkerLink {
        // 1. What both sides share. Closed on exec: a child gets what it is sent, and nothing of its siblings.
        let (ours, theirs) = try FrameSocket.pair()
        let channel = try FrameChannel.create(spins: FrameChannel.spins(processors: ProcessorCache.count))
        let board = try WorkerBoard.create()
        let crashes = try CrashArea()
        let (errors, writing) = try ErrorRelay.shared.open()
        // 2. The same program, told by a variable that it is a worker.
        guard var request = SpawnRequest.worker(socket: theirs.descriptor.number) else {
            throw SystemError(code: 2, operation: "start", path: "this program")
        }
        request.standardError = .descriptor(writing.number)
        WorkerEnvironment.prepare(&request, threads: threads)
        let child = try ChildProcess.spawn(request)
        let link = WorkerLink(
            child: child,
            channel: channel,
            socket: ours,
            board: board,
            crashes: crashes,
            errors: errors,
            threads: threads
        )
        // 3. From here on the end of the process is noticed.
        let service = try ServiceThread.shared()
        channel.end(with: service, when: child.ending, .readable)
        let watch = service.watch(child.ending, .readable) { [weak link] in link?.ended() }
        link.watch.withLock { $0 = watch }
        // 4. What it has to know before the first order.
        let greeting = Greeting(
            version: Greeting.version,
            identity: Greeting.identity,
            initializer: settings.initializer,
            logLevel: Logger(label: "joblib").logLevel.rawValue,
            tellsMemory: settings.maxMemory != nil,
            processors: ProcessorCache.count,
            channel: channel.memory.descriptor,
            board: board.memory.descriptor,
            bells: bells.descriptor,
            crashes: crashes.memory.descriptor
        )
        do throws(SystemError) {
            try greeting.send(to: ours)
        } catch  where error.isPeerGone {
            // It has ended already; that is noticed like every other end.
        }
        return link
    }

    // MARK: - Its life

    var hasEnded: Bool { dead.load(ordering: .acquiring) }

    /// True once it follows orders.
    var isReady: Bool { ready.load(ordering: .relaxed) }

    func becameReady() { ready.store(true, ordering: .relaxed) }

    /// A call has the worker now: its bell is rung when there are reports, or the process ends.
    func lease(to run: Int, _ bell: WorkerPool.NumberedBell) {
        board.bell = bell.number
        listener.withLock { $0 = bell.bell }
        reports.withLock { $0 = run }
    }

    /// No call has it any more.
    func release() {
        reports.withLock { $0 = nil }
        listener.withLock { $0 = nil }
        board.bell = 0
    }

    private func ended() {
        dead.store(true, ordering: .releasing)
        listener.withLock { $0 }?.ring()
    }

    /// How many tasks it was given.
    var tasksGiven: Int { given.load(ordering: .relaxed) }

    func wasGiven(tasks: Int) { given.wrappingAdd(tasks, ordering: .relaxed) }

    func kill() { child.send(.kill) }

    /// Asks it to end after what it has been given.
    func dismiss() {
        try? channel.writer.send(WorkerOrder.end.write(), until: 0)
        socket.shutDown()
    }

    // MARK: - Orders

    /// Sends an order; false when there is no room for it now.
    func send(_ order: WorkerOrder, _ ledger: inout Ledger) -> Bool {
        while let first = ledger.unsent.first {
            guard put(first) else { return false }
            ledger.unsent.removeFirst()
        }
        return put(order)
    }

    private func put(_ order: WorkerOrder) -> Bool {
        do throws(FrameRingError) {
            try channel.writer.send(order.write(), until: 0)
            return true
        } catch {
            switch error {
            case .timedOut: return false
            // It has written to memory that was not its own.
            case .corrupt, .broken: kill()
            case .ended: break
            }
            // A process that is gone takes no orders, which its end will tell.
            return true
        }
    }

    /// Sends the segments that it does not have yet; false when there is no room for them now.
    ///
    /// - Throws: `SystemError` when the system refuses to send descriptors.
    func send(_ segments: [Segment], _ ledger: inout Ledger) throws(SystemError) -> Bool {
        for segment in segments where !ledger.segments.contains(segment.number) {
            do throws(SystemError) {
                try socket.send(segment.handle, descriptors: [segment.memory.descriptor.number], until: 0)
            } catch  where error.isPeerGone {
                // As above.
                return true
            } catch  where error.isTimeout || error.isCrowded {
                return false
            }
            ledger.segments.insert(segment.number)
        }
        return true
    }

    /// Tells it that a call is over.
    func close(run: Int) {
        ledger.withLock { ledger in
            ledger.functions[run] = nil
            if ledger.runs.remove(run) != nil { sendSoon(.close(run: run), &ledger) }
        }
    }

    /// Tells it that segments are gone.
    func drop(_ segments: [UInt64]) {
        ledger.withLock { ledger in
            let known = segments.filter { ledger.segments.remove($0) != nil }
            if !known.isEmpty { sendSoon(.drop(segments: known), &ledger) }
        }
    }

    private func sendSoon(_ order: WorkerOrder, _ ledger: inout Ledger) {
        if !send(order, &ledger) { ledger.unsent.append(order) }
    }
}
