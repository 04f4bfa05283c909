internal import CJoblibSystem

/// Compresses or decompresses with liblzma.
@safe
final class LZMAStream: CompressionStream {
    enum Task {
        case encode(LZMACodec.Format, level: UInt32)
        case decode(LZMACodec.Format)
    }

    /// A header may ask for 4 GiB. The highest level needs 65 MiB; this is room for what other programs write.
    private static let memoryLimit: UInt64 = 1 << 30

    private let library: LZMALibrary
    // Allocated and freed by this object; the library keeps a pointer to it, so it must not move.
    private let stream: LZMALibrary.Stream
    private let isEncoder: Bool

    init(_ library: LZMALibrary, _ task: Task) throws {
        self.library = library
        isEncoder = if case .encode = task { true } else { false }
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: joblib_lzma_stream())
        // Safe: stream and options are ours; the options are copied by the call that gets them.
        let code: Int32
        switch task {
        case .encode(.xz, let level): code = unsafe library.easyEncoder(stream, level, LZMALibrary.crc64)
        case .encode(.alone, let level):
            var options = joblib_lzma_options()
            // 8 is what the library says to an unusable option, as this would be.
            code = unsafe library.preset(&options, level) == 0 ? library.aloneEncoder(stream, &options) : 8
        case .decode(.xz): code = unsafe library.streamDecoder(stream, Self.memoryLimit, 0)
        case .decode(.alone): code = unsafe library.aloneDecoder(stream, Self.memoryLimit)
        }
        guard code == 0 else { throw Self.problem(code) }
    }

    deinit {
        // Harmless when the beginning failed.
        unsafe library.end(stream)
        unsafe stream.deallocate()
    }

    func process(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer,
        isLast: Bool
    ) throws -> CompressionProgress {
        // Safe: the library reads and writes within these bounds, and the pointers are gone after the call.
        unsafe stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_in = input.count
        unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_out = output.count
        let action = isEncoder && isLast ? LZMALibrary.finish : LZMALibrary.run
        let code = unsafe library.code(stream, action)
        // "Buffer error" is no error: there was nothing to do.
        guard code == 0 || code == LZMALibrary.streamEnd || code == LZMALibrary.bufferError else {
            throw Self.problem(code)
        }
        let (restIn, restOut) = unsafe (stream.pointee.avail_in, stream.pointee.avail_out)
        return CompressionProgress(
            consumed: input.count - restIn,
            produced: output.count - restOut,
            isFinished: code == LZMALibrary.streamEnd
        )
    }

    private static func problem(_ code: Int32) -> CompressionProblem {
        switch code {
        case 5: CompressionProblem("there is not enough memory")
        case 6: CompressionProblem("it asks for more than \(memoryLimit >> 20) MiB of memory")
        case 7: CompressionProblem("this is no such stream")
        case 8: CompressionProblem("it uses an option that the library does not know")
        case 9: CompressionProblem("a checksum is wrong, or a block is damaged")
        default: CompressionProblem("error \(code)")
        }
    }
}
