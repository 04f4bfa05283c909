internal import JoblibCoding
internal import JoblibSystem

/// Takes the big arrays out of a worker's results, and sends them ahead.
final class ResultSink: ArraySink {
    let threshold: Int
    private let socket: FrameSocket
    private let directory: String?
    private let threads: Int
    private var arrays = 0

    init(_ socket: FrameSocket, threshold: Int?, directory: String?, threads: Int) {
        self.socket = socket
        self.threshold = threshold ?? .max
        self.directory = directory
        self.threads = threads
    }

    func take<Element: RawElement>(_ array: [Element]) throws -> ArrayHandle? {
        guard arrays < SegmentSink.mostArrays else { return nil }
        arrays += 1
        // Safe: the bytes are copied at once.
        return ArrayHandle(bytes: try unsafe array.withUnsafeBytes { unsafe try send($0) }.handle)
    }

    /// The message itself, beside the ring when it is long.
    func payload(_ bytes: [UInt8]) throws -> Payload {
        if bytes.count <= Payload.inlineLimit { return .inline(bytes) }
        // Safe: as above.
        return .segment(try unsafe bytes.withUnsafeBytes { unsafe try send($0) }.number, count: bytes.count)
    }

    private func send(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Segment {
        let segment = unsafe try Segment(copying: bytes, directory: directory, threads: threads)
        try segment.memory.freeze()
        try socket.send(segment.handle, descriptors: [segment.memory.descriptor.number])
        return segment
    }
}
