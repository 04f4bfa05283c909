import Testing

@testable import JoblibParallel

@Suite struct ResultBufferTests {
    @Test("In submission order results come out in the order of the input, whatever the order of arrival")
    func submissionOrder() {
        for seed in 0..<300 {
            var random = TaskRandom(seed: 3, taskIndex: seed)
            var buffer = ResultBuffer<Int>(order: .submission)
            var out: [Int] = []
            for piece in pieces(of: 40, &random).shuffled(using: &random) {
                buffer.store(piece.map { .success($0) }, from: piece.lowerBound)
                if Bool.random(using: &random) { out += values(&buffer) }
            }
            out += values(&buffer)
            #expect(out == Array(0..<40))
            #expect(!buffer.hasReady)
        }
    }

    @Test("In completion order results come out as they came")
    func completionOrder() {
        var buffer = ResultBuffer<Int>(order: .completion)
        for piece in [4..<6, 0..<1, 1..<4] { buffer.store(piece.map { .success($0) }, from: piece.lowerBound) }
        #expect(buffer.hasReady)
        #expect(values(&buffer) == [4, 5, 0, 1, 2, 3])
    }

    @Test("A piece of nothing makes nothing ready", arguments: [ResultOrder.submission, .completion])
    func emptyPiece(order: ResultOrder) {
        var buffer = ResultBuffer<Int>(order: order)
        buffer.store([], from: 0)
        #expect(!buffer.hasReady)
    }

    private func values(_ buffer: inout ResultBuffer<Int>) -> [Int] {
        buffer.takeReady().joined().compactMap { try? $0.get() }
    }

    private func pieces(of count: Int, _ random: inout TaskRandom) -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        var first = 0
        while first < count {
            let end = min(count, first + .random(in: 1...6, using: &random))
            pieces.append(first..<end)
            first = end
        }
        return pieces
    }
}

@Suite struct ExpiriesTests {
    @Test("Tasks expire in the order in which they began, each once, and those that ended never")
    func order() {
        var expiries = Expiries(timeout: .nanoseconds(10))
        #expect((0..<4).map { expiries.started($0, at: UInt64($0)) } == [10, 11, 12, 13])
        expiries.ended(1)
        #expect(expiries.expired(now: 9) == [])
        #expect(expiries.expired(now: 12) == [0, 2])
        #expect(expiries.expired(now: 12) == [])
        #expect(expiries.next == 13)
        expiries.ended(3)
        expiries.ended(3)
        #expect(expiries.next == nil)
        #expect(expiries.expired(now: .max) == [])
    }

    @Test("Deadlines of ended tasks are not kept")
    func memory() {
        var expiries = Expiries(timeout: .seconds(3600))
        for id in 0..<1000 {
            _ = expiries.started(id, at: 0)
            expiries.ended(id)
        }
        #expect(expiries.next == nil)
    }

    @Test(
        "Without a timeout, and with one beyond all time, nothing expires",
        arguments: [nil, Duration.seconds(Int64.max / 2)]
    )
    func never(timeout: Duration?) {
        var expiries = Expiries(timeout: timeout)
        #expect(expiries.started(0, at: .max - 5) == nil)
        #expect(expiries.expired(now: .max) == [])
    }
}
