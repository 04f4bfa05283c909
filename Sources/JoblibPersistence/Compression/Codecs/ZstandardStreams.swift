internal import CJoblibSystem

/// Compresses to a Zstandard frame.
@safe
final class ZstandardEncoder: CompressionStream {
    private let library: ZstandardLibrary
    // Made by the library and given back to it by this object.
    private let context: ZstandardLibrary.Context

    init(_ library: ZstandardLibrary, level: Int32) throws {
        self.library = library
        guard let context = unsafe library.createCompression() else {
            throw CompressionProblem("there is not enough memory")
        }
        unsafe self.context = context
        _ = try library.checked(unsafe library.setParameter(context, ZstandardLibrary.compressionLevel, level))
        _ = try library.checked(unsafe library.setParameter(context, ZstandardLibrary.checksumFlag, 1))
    }

    deinit { _ = unsafe library.freeCompression(context) }

    func process(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer,
        isLast: Bool
    ) throws -> CompressionProgress {
        // Safe: the library reads and writes within these bounds, and keeps no pointer.
        var from = unsafe joblib_zstd_input(src: input.baseAddress, size: input.count, pos: 0)
        var to = unsafe joblib_zstd_output(dst: output.baseAddress, size: output.count, pos: 0)
        let directive = isLast ? ZstandardLibrary.end : ZstandardLibrary.goOn
        let rest = try library.checked(unsafe library.compress(context, &to, &from, directive))
        return unsafe CompressionProgress(consumed: from.pos, produced: to.pos, isFinished: isLast && rest == 0)
    }
}

/// Decompresses one Zstandard frame. By itself the library refuses frames that need more than 128 MiB.
@safe
final class ZstandardDecoder: CompressionStream {
    private let library: ZstandardLibrary
    // Made by the library and given back to it by this object.
    private let context: ZstandardLibrary.Context

    init(_ library: ZstandardLibrary) throws {
        self.library = library
        guard let context = unsafe library.createDecompression() else {
            throw CompressionProblem("there is not enough memory")
        }
        unsafe self.context = context
    }

    deinit { _ = unsafe library.freeDecompression(context) }

    func process(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer,
        isLast: Bool
    ) throws -> CompressionProgress {
        // Safe: as for the encoder.
        var from = unsafe joblib_zstd_input(src: input.baseAddress, size: input.count, pos: 0)
        var to = unsafe joblib_zstd_output(dst: output.baseAddress, size: output.count, pos: 0)
        let rest = try library.checked(unsafe library.decompress(context, &to, &from))
        // Zero says that the frame is complete, also when there was nothing at all.
        let hasMoved = unsafe from.pos > 0 || to.pos > 0
        return unsafe CompressionProgress(consumed: from.pos, produced: to.pos, isFinished: rest == 0 && hasMoved)
    }
}
