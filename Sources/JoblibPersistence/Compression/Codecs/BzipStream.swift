internal import CJoblibSystem

/// Compresses or decompresses with libbz2.
@safe
final class BzipStream: CompressionStream {
    private let library: BzipLibrary
    // Allocated and freed by this object; the library keeps a pointer to it, so it must not move.
    private let stream: BzipLibrary.Stream
    private let isEncoder: Bool

    /// - Parameter level: What to compress with; nil decompresses.
    init(_ library: BzipLibrary, level: Int32?) throws {
        self.library = library
        isEncoder = level != nil
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: joblib_bz_stream())
        // Safe: the stream is ours. No messages; the standard effort, and the faster way to decompress.
        let code =
            if let level { unsafe library.compressInit(stream, level, 0, 0) } else {
                unsafe library.decompressInit(stream, 0, 0)
            }
        guard code == 0 else { throw Self.problem(code) }
    }

    deinit {
        // Harmless when the beginning failed.
        _ = unsafe isEncoder ? library.compressEnd(stream) : library.decompressEnd(stream)
        unsafe stream.deallocate()
    }

    func process(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer,
        isLast: Bool
    ) throws -> CompressionProgress {
        let inputCount = UInt32(clamping: input.count)
        let outputCount = UInt32(clamping: output.count)
        // A part of a huge input is not the last one.
        let isLast = isLast && Int(inputCount) == input.count
        // The library takes asking it to compress nothing for a mistake.
        if isEncoder && inputCount == 0 && !isLast {
            return CompressionProgress(consumed: 0, produced: 0, isFinished: false)
        }
        // Safe: the library reads and writes within these bounds, and the pointers are gone after the call.
        unsafe stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: CChar.self)
        unsafe stream.pointee.avail_in = inputCount
        unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: CChar.self)
        unsafe stream.pointee.avail_out = outputCount
        let code =
            if isEncoder { unsafe library.compress(stream, isLast ? BzipLibrary.finish : BzipLibrary.run) } else {
                unsafe library.decompress(stream)
            }
        guard code >= 0 else { throw Self.problem(code) }
        let (restIn, restOut) = unsafe (stream.pointee.avail_in, stream.pointee.avail_out)
        return CompressionProgress(
            consumed: Int(inputCount - restIn),
            produced: Int(outputCount - restOut),
            isFinished: code == BzipLibrary.streamEnd
        )
    }

    private static func problem(_ code: Int32) -> CompressionProblem {
        switch code {
        case BzipLibrary.memoryError: CompressionProblem("there is not enough memory")
        case -4: CompressionProblem("a checksum is wrong, or a block is damaged")
        case -5: CompressionProblem("this is no bzip2 stream")
        default: CompressionProblem("error \(code)")
        }
    }
}
