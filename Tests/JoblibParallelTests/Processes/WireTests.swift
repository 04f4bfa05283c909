import Testing

@testable import JoblibParallel

/// The messages between a program and its workers: whole ones come back, damaged ones are refused and nothing else.
@Suite("Messages of worker processes")
struct WireTests {
    @Test("A report comes back as it was", arguments: 0..<300)
    func reports(_ seed: Int) throws {
        var source = MessageSource(seed: seed)
        let bytes = source.report().write()
        #expect(try WorkerReport(bytes).write() == bytes)
    }

    @Test("An order comes back as it was", arguments: 0..<300)
    func orders(_ seed: Int) throws {
        var source = MessageSource(seed: seed)
        let bytes = source.order().write()
        #expect(try WorkerOrder(bytes).write() == bytes)
    }

    @Test("A message that ends too early is refused, wherever it ends", arguments: 0..<20)
    func truncation(_ seed: Int) {
        var source = MessageSource(seed: seed)
        let (report, order) = (source.report().write(), source.order().write())
        for count in 0..<report.count {
            #expect(throws: MessageReader.Damage.self) { try WorkerReport(Array(report[..<count])) }
        }
        for count in 0..<order.count {
            #expect(throws: MessageReader.Damage.self) { try WorkerOrder(Array(order[..<count])) }
        }
    }

    @Test("Damaged bytes never trap: they are refused, or are another message", arguments: 0..<40)
    func mutation(_ seed: Int) {
        var source = MessageSource(seed: seed)
        for _ in 0..<250 {
            read(source.damaged(source.report().write()))
            read(source.damaged(source.order().write()))
            read(source.bytes(upTo: 200))
        }
    }

    /// A message that can be read can be written, and then is read as the same.
    private func read(_ bytes: [UInt8]) {
        if let report = try? WorkerReport(bytes) {
            let written = report.write()
            #expect((try? WorkerReport(written))?.write() == written)
        }
        if let order = try? WorkerOrder(bytes) {
            let written = order.write()
            #expect((try? WorkerOrder(written))?.write() == written)
        }
    }
}

/// Random messages.
private struct MessageSource {
    private var random: TaskRandom

    init(seed: Int) {
        random = TaskRandom(seed: 0x6A6F_626C, taskIndex: seed)
    }

    mutating func report() -> WorkerReport {
        switch number(0..<4) {
        case 0: return .ready
        case 1:
            let kind: WorkerReport.Refusal.Kind = [.version, .function, .initializer, .machinery][number(0..<4)]
            return .refused(.init(kind: kind, text: text(), run: flag() ? integer() : nil))
        case 2: return .log(logReport())
        default: return .batch(batchReport())
        }
    }

    mutating func order() -> WorkerOrder {
        switch number(0..<5) {
        case 0: return .open(runOrder())
        case 1: return .close(run: integer())
        case 2: return .drop(segments: (0..<number(0..<9)).map { _ in random.next() })
        case 3: return .end
        default:
            return .batch(
                BatchOrder(
                    run: integer(),
                    number: random.next(),
                    first: integer(),
                    attempt: integer(),
                    functions: (0..<number(0..<4)).map { _ in
                        .init(number: integer(), type: bytes(upTo: 20), code: bytes(upTo: 20))
                    },
                    tasks: payload()
                )
            )
        }
    }

    /// Some bytes changed, put in, or taken out; often those of a length, which are the interesting ones.
    mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<number(1..<4) where !bytes.isEmpty {
            let place = number(0..<bytes.count)
            switch number(0..<4) {
            case 0: bytes[place] ^= 1 << UInt8(number(0..<8))
            case 1: bytes.remove(at: place)
            case 2: bytes.insert([0, 1, 0x7F, 0x80, 0xFF][number(0..<5)], at: place)
            default:
                for offset in place..<min(place + 8, bytes.count) { bytes[offset] = [0x7F, 0xFF, 0x80][number(0..<3)] }
            }
        }
        return bytes
    }

    mutating func bytes(upTo count: Int) -> [UInt8] {
        (0..<number(0..<count + 1)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }

    // MARK: - Parts

    private mutating func runOrder() -> RunOrder {
        RunOrder(
            run: integer(),
            worker: integer(),
            jobs: integer(),
            seed: random.next(),
            kernel: bytes(upTo: 30),
            function: flag() ? bytes(upTo: 30) : nil,
            shared: flag() ? payload() : nil,
            transport: bytes(upTo: 30),
            sharedMemoryThreshold: flag() ? integer() : nil,
            temporaryDirectory: flag() ? text() : nil,
            timeout: random.next(),
            stopsAtFailure: flag()
        )
    }

    private mutating func batchReport() -> BatchReport {
        BatchReport(
            number: random.next(),
            isLast: flag(),
            count: number(0..<1000),
            failures: (0..<number(0..<4)).map { _ in .init(offset: integer(), error: remoteError()) },
            outcome: flag() ? .results(payload()) : .undecodable(remoteError()),
            segments: (0..<number(0..<4)).map { _ in random.next() },
            started: random.next(),
            ended: random.next(),
            memory: integer()
        )
    }

    private mutating func remoteError() -> RemoteError {
        var error = RemoteError(
            kind: [.threw, .cancelled, .unreadableResult][number(0..<3)],
            type: text(),
            text: text(),
            value: flag() ? (bytes(upTo: 9), bytes(upTo: 90)) : nil
        )
        error.stack = bytes(upTo: 50)
        return error
    }

    private mutating func logReport() -> LogReport {
        LogReport(
            label: text(),
            level: text(),
            message: text(),
            metadata: (0..<number(0..<4)).map { _ in (text(), text()) },
            source: text(),
            file: text(),
            function: text(),
            line: integer(),
            task: flag() ? integer() : nil,
            worker: integer()
        )
    }

    private mutating func payload() -> Payload {
        flag() ? .inline(bytes(upTo: 60)) : .segment(random.next(), count: integer())
    }

    private mutating func text() -> String {
        (0..<number(0..<12)).map { _ in ["a", "é", "\u{0}", "日", "👩‍👧", "\n"][number(0..<6)] }.joined()
    }

    private mutating func integer() -> Int {
        [0, 1, -1, .max, .min, Int(truncatingIfNeeded: random.next())][number(0..<6)]
    }

    private mutating func flag() -> Bool { Bool.random(using: &random) }

    private mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }
}
