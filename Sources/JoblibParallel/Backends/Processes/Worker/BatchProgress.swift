internal import JoblibCoding
internal import JoblibSystem

/// How far a worker has come with a batch.
///
/// Results are sent when the batch ends, and before that when some have waited for longer than ``patience``: should a
/// later task take the process down, they are not lost with it.
///
/// One thread, or one Swift task, uses it at a time.
final class BatchProgress<Output: Sendable>: Sendable {
    /// In nanoseconds.
    private static var patience: UInt64 { 200_000 }

    let frame: TaskFrame
    private let order: BatchOrder
    private let run: WorkerRun
    private let encode: @Sendable ([Output], WireCoder) throws -> [UInt8]
    private let allowance = ResultAllowance()
    // Only who runs the batch touches these.
    nonisolated(unsafe) private var outputs: [Output] = []
    // As above.
    nonisolated(unsafe) private var failures: [BatchReport.Failure] = []
    // As above: how many tasks the parts before this one were about.
    nonisolated(unsafe) private var reported = 0
    // As above: how many tasks this part is about.
    nonisolated(unsafe) private var count = 0
    // As above.
    nonisolated(unsafe) private var started: UInt64
    // As above.
    nonisolated(unsafe) private var mayGoOn = true

    init(_ order: BatchOrder, _ run: WorkerRun, encode: @escaping @Sendable ([Output], WireCoder) throws -> [UInt8]) {
        self.order = order
        self.run = run
        self.encode = encode
        let now = MonotonicClock.now
        unsafe started = now
        frame = TaskFrame(scope: run.scope, worker: run.order.worker, attempt: order.attempt)
        if run.order.timeout > 0 { unsafe frame.deadline = now &+ run.order.timeout }
    }

    // MARK: - One task after the other

    /// A task is about to begin; false when it must not.
    func begin(_ offset: Int) -> Bool {
        unsafe frame.base = order.first + offset
        run.board.task = offset
        if offset == 0 { run.board.phase = .running }
        return unsafe offset == 0 || mayGoOn && !run.board.mustStop
    }

    func succeeded(_ output: Output) {
        unsafe outputs.append(output)
        unsafe count += 1
    }

    func failed(_ error: any Error) {
        let isCancellation = error is CancellationError && frame.isCancelled
        let remote = RemoteError(error, kind: isCancellation ? .cancelled : .threw)
        unsafe failures.append(BatchReport.Failure(offset: reported + count, error: remote))
        unsafe count += 1
        if run.order.stopsAtFailure { unsafe mayGoOn = false }
    }

    /// Sends what is there if it has waited for long.
    func flushIfLate(remaining: Int) {
        guard remaining > 0, unsafe MonotonicClock.now &- started > Self.patience else { return }
        send(isLast: false)
        run.board.phase = .running
    }

    func finish() {
        send(isLast: true)
    }

    /// A frame for the asynchronous task that is about to begin alone.
    func frameOfTask() -> TaskFrame {
        let own = TaskFrame(scope: run.scope, worker: frame.worker, attempt: frame.attempt)
        unsafe own.base = frame.base
        unsafe own.deadline = frame.deadline
        return own
    }

    // MARK: - Reports

    func undecodable(_ error: any Error) {
        let now = MonotonicClock.now
        run.report(
            BatchReport(
                number: order.number,
                isLast: true,
                count: 0,
                failures: [],
                outcome: .undecodable(RemoteError(error, kind: .threw)),
                segments: [],
                started: unsafe started,
                ended: now,
                memory: 0
            )
        )
    }

    private func send(isLast: Bool) {
        let ended = MonotonicClock.now
        run.board.phase = .encoding
        // What tasks have printed must not be lost should this process be ended.
        StandardOutput.flush()
        let payload = encoded()
        run.report(
            BatchReport(
                number: order.number,
                isLast: isLast,
                count: unsafe count,
                failures: unsafe failures,
                outcome: .results(payload),
                segments: allowance.takeSent(),
                started: unsafe started,
                ended: ended,
                memory: isLast ? run.memoryInUse() : 0
            )
        )
        unsafe reported += count
        unsafe count = 0
        unsafe failures = []
        unsafe outputs.removeAll(keepingCapacity: true)
        unsafe started = MonotonicClock.now
    }

    private func encoded() -> Payload {
        do {
            return try run.payload(allowance) { try unsafe encode(outputs, $0) }
        } catch {
            let cause = (error as? CodingFailure)?.underlying ?? error
            // The system has no room, or no descriptors, for shared memory.
            if cause is SystemError, let whole = try? run.inlined({ try unsafe encode(outputs, $0) }) { return whole }
            return encodedOneByOne()
        }
    }

    /// A result that can't be encoded is a failure of its task, and of no other.
    private func encodedOneByOne() -> Payload {
        let failed = unsafe Set(failures.map(\.offset))
        var places = unsafe (reported..<reported + count).filter { !failed.contains($0) }[...]
        var good: [Output] = []
        for output in unsafe outputs {
            guard let place = places.popFirst() else { break }
            do {
                _ = try run.inlined { try encode([output], $0) }
                good.append(output)
            } catch {
                let remote = RemoteError(error, kind: .unreadableResult)
                unsafe failures.append(BatchReport.Failure(offset: place, error: remote))
            }
        }
        unsafe failures.sort { $0.offset < $1.offset }
        do {
            return try run.inlined { try encode(good, $0) }
        } catch {
            // Each could be encoded, all together can't: there is no memory left. The parent finds too few results.
            return .inline([])
        }
    }
}
