import Foundation
import Testing

@testable import JoblibSystem

@Suite("Frames on sockets")
struct FrameSocketTests {
    private func pattern(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 ^ $0 >> 8) }
    }

    @Test("Frames of any size arrive whole and in order")
    func sizes() throws {
        let (first, second) = try FrameSocket.pair()
        let counts = [0, 1, 7, 8, 9, 4096, 65_536, 1_048_576, 1_048_577]
        let sender = Thread { for count in counts { try? first.send(pattern(count)) } }
        sender.start()
        for count in counts { #expect(try second.receive().frame?.bytes == pattern(count)) }
    }

    @Test("Descriptors arrive with their frame, closed on exec")
    func descriptors() throws {
        let (first, second) = try FrameSocket.pair()
        let pipe = Pipe()
        try first.send([1])
        try first.send([2], descriptors: [pipe.fileHandleForReading.fileDescriptor, 2])
        try first.send([3])
        #expect(try second.receive().frame?.descriptors.count == 0)
        let frame = try #require(try second.receive().frame)
        #expect(frame.bytes == [2])
        #expect(frame.descriptors.count == 2)
        #expect(frame.descriptors.allSatisfy { fcntl($0.number, F_GETFD) & FD_CLOEXEC != 0 })
        #expect(try second.receive().frame?.descriptors.count == 0)
        pipe.fileHandleForWriting.write(Data([42]))
        var byte: UInt8 = 0
        // Safe: one byte is read into one byte.
        #expect(unsafe read(frame.descriptors[0].number, &byte, 1) == 1)
        #expect(byte == 42)
        #expect(throws: SystemError.self) {
            try first.send([], descriptors: [Int32](repeating: 1, count: FrameSocket.maximumDescriptors + 1))
        }
        #expect(throws: SystemError.self) { try first.send([], descriptors: [-1]) }
        try first.send([4], descriptors: [Int32](repeating: 1, count: FrameSocket.maximumDescriptors))
        #expect(try second.receive().frame?.descriptors.count == FrameSocket.maximumDescriptors)
    }

    @Test("The end of the other side is an end here, also within a frame")
    func end() throws {
        var (first, second): (FrameSocket?, FrameSocket) = try { ($0.0, $0.1) }(FrameSocket.pair())
        try first?.send([1])
        first = nil
        #expect(try second.receive().frame?.bytes == [1])
        #expect(try second.receive().isEnded)
        let error = #expect(throws: SystemError.self) { try second.send([1]) }
        #expect(error?.isPeerGone == true)
        second = try {
            let (cut, whole) = try FrameSocket.pair()
            let head = try #require(FrameHead(byteCount: 100, descriptorCount: 0)).encoded
            #expect(unsafe write(cut.descriptor.number, head + [1, 2], 10) == 10)
            return whole
        }()
        #expect(try second.receive().isEnded)
    }

    @Test("A deadline ends the waiting, and what has arrived by then is kept")
    func deadline() throws {
        let (first, second) = try FrameSocket.pair()
        #expect(try second.receive(until: 0).isTimedOut)
        let head = try #require(FrameHead(byteCount: 3, descriptorCount: 0)).encoded
        let bytes = head + [1, 2, 3]
        for byte in bytes.dropLast() {
            #expect(unsafe write(first.descriptor.number, [byte], 1) == 1)
            #expect(try second.receive(until: 0).isTimedOut)
        }
        #expect(unsafe write(first.descriptor.number, [3], 1) == 1)
        #expect(try second.receive(until: 0).frame?.bytes == [1, 2, 3])
    }

    @Test("A reader who takes nothing does not hold a sender up beyond the deadline")
    func fullSocket() throws {
        let (first, second) = try FrameSocket.pair()
        let late = #expect(throws: SystemError.self) {
            try first.send([UInt8](repeating: 1, count: 10_000_000), until: 0)
        }
        #expect(late?.isTimeout == true)
        // Half a frame is out: anything after it would be taken for its rest.
        let after = #expect(throws: SystemError.self) { try first.send([1], until: 0) }
        #expect(after?.isPeerGone == true)
        withExtendedLifetime(second) {}
    }

    @Test("Foreign bytes, and frames longer than allowed, are errors for good")
    func foreignBytes() throws {
        for (bytes, code) in [
            ([UInt8](repeating: 65, count: 100), EBADMSG),
            (try #require(FrameHead(byteCount: 1 << 31, descriptorCount: 0)).encoded, EMSGSIZE),
        ] {
            let (first, second) = try FrameSocket.pair()
            #expect(unsafe write(first.descriptor.number, bytes, bytes.count) == bytes.count)
            for _ in 0..<2 {
                let error = #expect(throws: SystemError.self) { try second.receive() }
                #expect(error?.code == code)
            }
        }
    }

    @Test("Interruptions and short transfers are not noticed")
    func shortTransfers() throws {
        let (first, second) = try FrameSocket.pair()
        for limit in [1, 3, 8, 11] {
            let faults = [
                Fault(.send, fails: EINTR, times: 3), Fault(.send, limitedTo: limit, times: 20),
                Fault(.send, fails: EAGAIN), Fault(.poll, fails: EINTR, times: 2),
                Fault(.receive, fails: EINTR, times: 3), Fault(.receive, limitedTo: limit, times: 20),
                Fault(.receive, fails: EAGAIN),
            ]
            let frame = try Faults.with(faults) {
                try first.send(pattern(1000), descriptors: [1, 2])
                return try second.receive().frame
            }
            #expect(frame.result?.bytes == pattern(1000))
            #expect(frame.result?.descriptors.count == 2)
            #expect(frame.unused == 0)
        }
    }

    @Test("No room for descriptors is an error, and the connection lives on")
    func lostDescriptors() throws {
        let failed = Faults.with([Fault(.createPair, fails: EMFILE)]) {
            #expect(throws: SystemError.self) { try FrameSocket.pair() }
        }
        #expect(failed.result?.code == EMFILE)
        // A head that promises a descriptor which the kernel has dropped.
        let (first, second) = try FrameSocket.pair()
        let bytes = try #require(FrameHead(byteCount: 1, descriptorCount: 1)).encoded + [7]
        #expect(unsafe write(first.descriptor.number, bytes, bytes.count) == bytes.count)
        let error = #expect(throws: SystemError.self) { try second.receive() }
        #expect(error?.code == EMFILE)
        try first.send([8])
        #expect(try second.receive().frame?.bytes == [8])
    }

    @Test("Shutting down wakes a thread that waits")
    func shutDown() throws {
        let (first, second) = try FrameSocket.pair()
        let stopper = Thread { second.shutDown() }
        stopper.start()
        #expect(try second.receive().isEnded)
        #expect(try first.receive().isEnded)
    }

    @Test("A descriptor that ends is told once, and not after its watch is cancelled")
    func watching() throws {
        let thread = try ServiceThread.shared()
        var (first, second): (FrameSocket?, FrameSocket) = try { ($0.0, $0.1) }(FrameSocket.pair())
        let told = try WakeUp()
        let kept = thread.watch(second.descriptor, .ended) { told.signal() }
        let cancelled = thread.watch(second.descriptor, .ended) { Issue.record("told after it was cancelled") }
        cancelled.cancel()
        // What arrives on the socket is no end.
        try first?.send([1])
        thread.perform {}
        #expect(try !Poll.wait(for: told.descriptor, until: 0))
        first = nil
        #expect(try Poll.wait(for: told.descriptor))
        told.clear()
        thread.perform {}
        #expect(try !Poll.wait(for: told.descriptor, until: 0))
        #expect(thread.perform { thread.perform { 5 } } == 5)
        withExtendedLifetime(kept) {}
    }
}
