internal import JoblibCoding
internal import JoblibSystem
internal import Synchronization

/// Takes the big arrays out of a worker's results, to be sent ahead of the message that names them.
final class ResultSink: ArraySink {
    let threshold: Int
    private let socket: FrameSocket
    private let allowance: ResultAllowance
    private let directory: String?
    private let threads: Int
    /// Sent once the whole message has been encoded: what nobody names would stay with the parent.
    private var segments: [Segment] = []

    init(_ socket: FrameSocket, _ allowance: ResultAllowance, threshold: Int?, directory: String?, threads: Int) {
        self.socket = socket
        self.allowance = allowance
        self.threshold = threshold ?? .max
        self.directory = directory
        self.threads = threads
    }

    func take<Element: RawElement>(_ array: [Element]) throws -> ArrayHandle? {
        guard allowance.take() else { return nil }
        // Safe: the bytes are copied at once.
        return ArrayHandle(bytes: try unsafe array.withUnsafeBytes { unsafe try copy($0) }.handle)
    }

    /// The message itself, beside the ring when it is long; what it names has been sent then.
    func payload(_ bytes: [UInt8]) throws -> Payload {
        var payload = Payload.inline(bytes)
        if bytes.count > Payload.inlineLimit, allowance.take() || bytes.count > Self.mostInRing {
            // Safe: as above.
            payload = .segment(try unsafe bytes.withUnsafeBytes { unsafe try copy($0) }.number, count: bytes.count)
        }
        for segment in segments {
            try socket.send(segment.handle, descriptors: [segment.memory.descriptor.number])
            allowance.sent(segment.number)
        }
        return payload
    }

    /// Longer messages go beside the ring in any case: there can't be many of them.
    private static var mostInRing: Int { 16 << 20 }

    private func copy(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Segment {
        let segment = unsafe try Segment(copying: bytes, directory: directory, threads: threads)
        try segment.memory.freeze()
        segments.append(segment)
        return segment
    }
}

/// How many segments the results of a batch may still take; what goes beyond stays in the messages.
///
/// The parent takes them from the socket when the batch has ended: more than the socket holds would have both wait for
/// each other, and each is a descriptor that the parent has open meanwhile.
final class ResultAllowance: Sendable {
    private let left = Atomic(SegmentSink.mostArrays)
    private let numbers = Lock<[UInt64]>([])

    /// False when there is none left.
    func take() -> Bool { left.wrappingSubtract(1, ordering: .relaxed).newValue >= 0 }

    func sent(_ number: UInt64) {
        numbers.withLock { $0.append(number) }
    }

    /// Those that were sent since somebody asked last.
    func takeSent() -> [UInt64] {
        // Nothing has been taken, in most cases.
        if left.load(ordering: .relaxed) == SegmentSink.mostArrays { return [] }
        return numbers.withLock { numbers in
            defer { numbers = [] }
            return numbers
        }
    }
}
