internal import CJoblibSystem

/// Decompresses one LZ4 frame. Its blocks have at most 4 MiB, which is all the library keeps.
@safe
final class LZ4Decoder: CompressionStream {
    private let library: LZ4Library
    // Made by the library and given back to it by this object.
    private let context: LZ4Library.Context

    init(_ library: LZ4Library) throws {
        self.library = library
        var context: LZ4Library.Context?
        // Safe: the call fills one pointer of ours.
        _ = try library.checked(unsafe library.createDecompression(&context, LZ4Library.version))
        guard let context = unsafe context else { throw CompressionProblem("there is not enough memory") }
        unsafe self.context = context
    }

    deinit { _ = unsafe library.freeDecompression(context) }

    func process(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer,
        isLast: Bool
    ) throws -> CompressionProgress {
        var produced = output.count
        var consumed = input.count
        // Safe: the library reads and writes within these bounds, and the pointers are gone after the call.
        let hint = unsafe library.decompress(
            context,
            output.baseAddress,
            &produced,
            input.baseAddress,
            &consumed,
            nil
        )
        let rest = try library.checked(hint)
        // Zero says that the frame is complete, also when there was nothing at all.
        return CompressionProgress(
            consumed: consumed,
            produced: produced,
            isFinished: rest == 0 && (consumed > 0 || produced > 0)
        )
    }
}
