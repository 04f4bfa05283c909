import Foundation
import Testing

@testable import JoblibSystem

@Suite("Frames through shared memory")
struct FrameRingTests {
    /// Both sides in one process, on one memory.
    private func channels(
        capacity: Int = 4096,
        spins: Int = 100
    ) throws -> (FrameChannel, FrameChannel) {
        let parent = try FrameChannel.create(capacity: capacity, spins: spins)
        let memory = try SharedMemory(adopting: parent.memory.descriptor)
        return (parent, try FrameChannel(opening: memory, spins: spins))
    }

    private func frame(_ count: Int, _ seed: Int) -> [UInt8] {
        let start = seed & 255
        return Array(Self.pattern[start..<start + count])
    }

    /// Made once: a debug build takes long to compute bytes.
    private static let pattern = (0..<101_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 7) }

    @Test("Frames arrive whole and in order, in both directions")
    func bothDirections() throws {
        let (parent, worker) = try channels()
        for count in [0, 1, 7, 8, 100, 4088] {
            try parent.writer.send(frame(count, 1))
            try worker.writer.send(frame(count, 2))
            #expect(try worker.reader.receive() == frame(count, 1))
            #expect(try parent.reader.receive() == frame(count, 2))
        }
    }

    @Test("Frames of random sizes wrap around and flow through, however large", arguments: [0, 100, 1000])
    func randomSizes(_ spins: Int) throws {
        let (parent, worker) = try channels(spins: spins)
        var random = SystemRandomNumberGenerator()
        let counts = (0..<1000).map { _ in
            switch random.next(upperBound: 100 as UInt) {
            case 0: Int(random.next(upperBound: 100_000 as UInt))
            case 1...9: Int(random.next(upperBound: 5000 as UInt))
            default: Int(random.next(upperBound: 200 as UInt))
            }
        }
        let sender = Thread {
            for (index, count) in counts.enumerated() { try? parent.writer.send(frame(count, index)) }
        }
        sender.start()
        for (index, count) in counts.enumerated() {
            let received = try worker.reader.receive()
            guard received == frame(count, index) else {
                Issue.record("frame \(index) of \(count) bytes arrived as \(received.count) bytes")
                return
            }
        }
    }

    @Test("Whoever sleeps elsewhere is told each time before the writer waits for room")
    func announcement() throws {
        let (parent, worker) = try channels()
        let sent = frame(50_000, 3)
        var isRead = false
        let reader = Thread { _ = try? worker.reader.receive() }
        try parent.writer.send(sent) {
            // Nobody would read otherwise.
            if !isRead { reader.start() }
            isRead = true
        }
        #expect(isRead)
    }

    @Test("A full ring makes the writer wait, and a deadline ends that without harm")
    func backPressure() throws {
        let (parent, worker) = try channels()
        #expect(throws: FrameRingError.timedOut) { try worker.reader.receive(until: 0) }
        var sent = 0
        let error = #expect(throws: FrameRingError.self) {
            while true {
                try parent.writer.send(frame(100, sent), until: 0)
                sent += 1
            }
        }
        #expect(error == .timedOut)
        #expect(sent == 4096 / 108)
        #expect(throws: FrameRingError.timedOut) { try parent.writer.send(frame(200, 0), until: 1) }
        #expect(worker.reader.hasArrivals)
        for index in 0..<sent { #expect(try worker.reader.receive() == frame(100, index)) }
        #expect(!worker.reader.hasArrivals)
        try parent.writer.send([7])
        #expect(try worker.reader.receive() == [7])
    }

    @Test("A frame larger than the ring that nobody takes breaks the writer, and only that")
    func brokenStream() throws {
        let (parent, worker) = try channels()
        #expect(throws: FrameRingError.timedOut) { try parent.writer.send(frame(10_000, 0), until: 0) }
        #expect(throws: FrameRingError.broken) { try parent.writer.send([1], until: 0) }
        #expect(throws: FrameRingError.timedOut) { try worker.reader.receive(until: 0) }
        worker.end()
        #expect(throws: FrameRingError.ended) { try worker.reader.receive() }
    }

    @Test("What arrived whole before the end is received, then the end is told")
    func end() throws {
        let (parent, worker) = try channels()
        try parent.writer.send([1])
        try parent.writer.send([2, 3])
        worker.end()
        #expect(try worker.reader.receive() == [1])
        #expect(try worker.reader.receive() == [2, 3])
        #expect(throws: FrameRingError.ended) { try worker.reader.receive() }
        #expect(throws: FrameRingError.ended) { try worker.writer.send([1]) }
    }

    @Test("The end wakes a side that sleeps", arguments: 0..<20)
    func endWakes(_ round: Int) throws {
        let (parent, worker) = try channels(spins: round % 2)
        let stopper = Thread { worker.end() }
        stopper.start()
        #expect(throws: FrameRingError.ended) { try worker.reader.receive() }
        withExtendedLifetime(parent) {}
    }

    @Test("Interrupted sleeps go on")
    func interruptions() throws {
        let (parent, worker) = try channels(spins: 0)
        let faults = [Fault(.sleep, fails: EINTR, times: 5)]
        let run = Faults.with(faults) {
            #expect(throws: FrameRingError.timedOut) { try worker.reader.receive(until: MonotonicClock.now + 1000) }
        }
        #expect(run.unused == 0)
        withExtendedLifetime(parent) {}
    }

    @Test(
        "Positions that cannot be are damage, for good, and nothing is read or written by them",
        arguments: [
            UInt64.max, UInt64.max - 7, UInt64(1) << 63, 4097, 5000, UInt64(1) << 32,
        ] as [UInt64]
    )
    func wrongPositions(_ position: UInt64) throws {
        let (parent, worker) = try channels()
        let mapping = try parent.memory.map(.readWrite)
        let words = try unsafe mapping.writableBytes()
        defer { withExtendedLifetime(mapping) {} }
        unsafe words.storeBytes(of: position, toByteOffset: 0, as: UInt64.self)
        for _ in 0..<2 {
            let error = #expect(throws: FrameRingError.self) { try worker.reader.receive(until: 0) }
            guard case .corrupt = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
        // Who waits for arrivals does not look for ever.
        #expect(!worker.reader.hasArrivals)
        unsafe words.storeBytes(of: position, toByteOffset: 128, as: UInt64.self)
        let error = #expect(throws: FrameRingError.self) {
            for _ in 0..<100 { try parent.writer.send(frame(100, 0), until: 0) }
        }
        guard case .corrupt = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("A frame longer than the receiver allows is damage, and costs no memory")
    func wrongLength() throws {
        for length in [UInt64.max, 1 << 62, 1001] {
            let (parent, worker) = try channels()
            let mapping = try parent.memory.map(.readWrite)
            let words = try unsafe mapping.writableBytes()
            defer { withExtendedLifetime(mapping) {} }
            unsafe words.storeBytes(of: length, toByteOffset: 4096, as: UInt64.self)
            unsafe words.storeBytes(of: 8, toByteOffset: 0, as: UInt64.self)
            let error = #expect(throws: FrameRingError.self) { try worker.reader.receive(maximumBytes: 1000, until: 0) }
            #expect(error == .corrupt("a frame of \(length) bytes"))
        }
    }

    @Test(
        "Memory that the system has rounded up to whole pages holds the same rings",
        arguments: [4096, 8192, 1 << 14, 1 << 16]
    )
    func wholePages(_ capacity: Int) throws {
        let count = try FrameChannel.create(capacity: capacity).memory.byteCount
        // Apple's processors have pages of 16 KiB.
        let memory = try SharedMemory.create(byteCount: (count + 16383) / 16384 * 16384)
        let parent = try FrameChannel(memory, isParent: true, spins: 100)
        let worker = try FrameChannel(opening: memory, spins: 100)
        #expect(parent.writer.ring.capacity == capacity)
        #expect(parent.reader.ring.capacity == capacity)
        // Both rings are filled to the brim: neither reaches into the other.
        try parent.writer.send(frame(capacity - 8, 1), until: 0)
        try worker.writer.send(frame(capacity - 8, 2), until: 0)
        #expect(try worker.reader.receive(until: 0) == frame(capacity - 8, 1))
        #expect(try parent.reader.receive(until: 0) == frame(capacity - 8, 2))
    }

    @Test("Memory of a wrong size is no channel")
    func wrongSize() throws {
        for count in [0, 1, 4096, 8192, 8193, 2 * 4096 + 2 * 100, 2 * (4096 + 4096) - 1] {
            let memory = try SharedMemory.create(byteCount: count)
            #expect(throws: SystemError.self) { try FrameChannel(opening: memory) }
        }
    }
}
