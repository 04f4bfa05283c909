internal import JoblibSystem

/// Where a pickle's bytes go.
protocol PickleSink: AnyObject {
    func write(_ bytes: UnsafeRawBufferPointer) throws
}

extension FileSink: PickleSink {}

/// The bytes of a pickle in the order in which they are written, in the frames of protocol 4.
///
/// A frame holds whole instructions, and at least 64 KiB unless something that has to stand outside follows: long text
/// and bytes, and the bytes of arrays. See https://peps.python.org/pep-3154/#framing.
final class PickleOutput {
    private let sink: any PickleSink
    /// What is written already and will be handed on with what follows.
    private var pending: [UInt8] = []
    private var frame: [UInt8] = []
    /// How many bytes were written, those of the current frame left out.
    private(set) var position = 0

    private static let frameSize = 64 << 10
    /// Runs of at least as many bytes go from where they are to the sink.
    private static let direct = 64 << 10

    init(_ sink: any PickleSink) {
        self.sink = sink
        pending.reserveCapacity(2 * Self.direct)
    }

    /// Adds to the current frame.
    func put(_ bytes: some Sequence<UInt8>) { frame.append(contentsOf: bytes) }
    func put(_ bytes: UnsafeRawBufferPointer) { unsafe frame.append(contentsOf: bytes) }
    func put(_ byte: UInt8) { frame.append(byte) }

    func put<T: FixedWidthInteger>(_ number: T) {
        for shift in 0..<T.bitWidth / 8 { frame.append(UInt8(truncatingIfNeeded: number >> (8 * shift))) }
    }

    /// Ends a frame that is long enough; between instructions only.
    func endInstruction() throws {
        if frame.count >= Self.frameSize { try endFrame() }
    }

    /// Ends the current frame before its last bytes, which are written outside of it.
    func endFrame(leaving count: Int) throws {
        let last = Array(frame.suffix(count))
        frame.removeLast(count)
        try endFrame()
        try raw(last)
    }

    /// Ends the current frame.
    func endFrame() throws {
        // As Python: a frame of less than its own length is none.
        if frame.count >= 4 {
            var header: [UInt8] = [PickleInstruction.frame.rawValue]
            for shift in 0..<8 { header.append(UInt8(truncatingIfNeeded: frame.count >> (8 * shift))) }
            try raw(header)
        }
        try raw(frame)
        frame.removeAll(keepingCapacity: true)
    }

    /// Writes outside of frames; the current one must have ended.
    func raw(_ bytes: [UInt8]) throws {
        // Safe: the array holds the bytes during the call.
        try unsafe bytes.withUnsafeBytes { unsafe try raw($0) }
    }

    func raw(_ bytes: UnsafeRawBufferPointer) throws {
        position += bytes.count
        if bytes.count >= Self.direct {
            try flush()
            unsafe try sink.write(bytes)
        } else {
            unsafe pending.append(contentsOf: bytes)
            if pending.count >= Self.direct { try flush() }
        }
    }

    /// Hands everything on; at the end.
    func flush() throws {
        if pending.isEmpty { return }
        // Safe: the array holds the bytes during the call.
        try unsafe pending.withUnsafeBytes { unsafe try sink.write($0) }
        pending.removeAll(keepingCapacity: true)
    }
}
