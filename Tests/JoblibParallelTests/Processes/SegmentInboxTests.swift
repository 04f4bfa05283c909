import JoblibSystem
import Testing

@testable import JoblibParallel

@Suite("What a process is sent beside its messages")
struct SegmentInboxTests {
    @Test("A segment that is dropped before anybody asked for it does not stay")
    func droppedUnseen() throws {
        let (parent, worker) = try FrameSocket.pair()
        let inbox = SegmentInbox(worker, takesOnce: false)
        let segments = try (0..<3).map { number in
            let bytes = [UInt8](repeating: UInt8(number), count: 100)
            return try unsafe bytes.withUnsafeBytes {
                unsafe try Segment(copying: $0, directory: nil, threads: 1)
            }
        }
        for segment in segments {
            try parent.send(segment.handle, descriptors: [segment.memory.descriptor.number])
        }
        inbox.drop([segments[1].number])
        #expect(try inbox.bytes(of: segments[2].number, count: 100) == [UInt8](repeating: 2, count: 100))
        // The first may yet be named.
        #expect(inbox.count == 2)
        inbox.drop([segments[0].number, segments[2].number])
        #expect(inbox.count == 0)
    }
}
