internal import CJoblibSystem

/// A z_stream with its owner.
@safe
private final class ZlibState {
    // Allocated and freed by this object; the library keeps a pointer to it, so it must not move.
    let stream: ZlibLibrary.Stream
    let library: ZlibLibrary

    init(_ library: ZlibLibrary) {
        self.library = library
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: joblib_z_stream())
    }

    deinit { unsafe stream.deallocate() }

    func step(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer,
        _ call: (ZlibLibrary.Stream) -> Int32
    ) -> (code: Int32, consumed: Int, produced: Int) {
        let inputCount = UInt32(clamping: input.count)
        let outputCount = UInt32(clamping: output.count)
        // Safe: the library reads and writes within these bounds, and the pointers are gone after the call.
        unsafe stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_in = inputCount
        unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_out = outputCount
        let code = unsafe call(stream)
        let (restIn, restOut) = unsafe (stream.pointee.avail_in, stream.pointee.avail_out)
        return (code, Int(inputCount - restIn), Int(outputCount - restOut))
    }

    /// The library's words for what it found, such as "invalid distance too far back".
    func problem(_ code: Int32) -> CompressionProblem {
        if code == ZlibLibrary.memoryError { return CompressionProblem("there is not enough memory") }
        if code == ZlibLibrary.needDictionary { return CompressionProblem("a dictionary is needed that is not here") }
        // Safe: a text of the library's own, which ends with a zero.
        let text = unsafe stream.pointee.msg.map { unsafe String(cString: $0) }
        return CompressionProblem(text ?? "error \(code)")
    }
}

/// Compresses with zlib.
final class ZlibEncoder: CompressionStream {
    private let state: ZlibState

    init(_ library: ZlibLibrary, level: Int32, windowBits: Int32) throws {
        state = ZlibState(library)
        // 8: deflate; 8: the standard use of memory; 0: the standard strategy.
        // Safe: the stream is ours, and as large as its declaration says, which the library checks.
        let code = unsafe library.deflateInit(
            state.stream,
            level,
            8,
            windowBits,
            8,
            0,
            library.version(),
            Int32(MemoryLayout<joblib_z_stream>.size)
        )
        guard code == ZlibLibrary.ok else { throw state.problem(code) }
    }

    deinit { _ = unsafe state.library.deflateEnd(state.stream) }

    func process(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer,
        isLast: Bool
    ) throws -> CompressionProgress {
        // A part of a huge input is not the last one.
        let isLast = isLast && input.count <= Int(UInt32.max)
        let (code, consumed, produced) = unsafe state.step(input, into: output) { stream in
            unsafe state.library.deflate(stream, isLast ? ZlibLibrary.finish : ZlibLibrary.noFlush)
        }
        guard code == ZlibLibrary.ok || code == ZlibLibrary.streamEnd || code == ZlibLibrary.bufferError else {
            throw state.problem(code)
        }
        return CompressionProgress(
            consumed: consumed,
            produced: produced,
            isFinished: code == ZlibLibrary.streamEnd
        )
    }
}

/// Decompresses with zlib.
final class ZlibDecoder: CompressionStream {
    private let state: ZlibState

    init(_ library: ZlibLibrary, windowBits: Int32) throws {
        state = ZlibState(library)
        // Safe: as for the encoder.
        let code = unsafe library.inflateInit(
            state.stream,
            windowBits,
            library.version(),
            Int32(MemoryLayout<joblib_z_stream>.size)
        )
        guard code == ZlibLibrary.ok else { throw state.problem(code) }
    }

    deinit { _ = unsafe state.library.inflateEnd(state.stream) }

    func process(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer,
        isLast: Bool
    ) throws -> CompressionProgress {
        let (code, consumed, produced) = unsafe state.step(input, into: output) { stream in
            unsafe state.library.inflate(stream, ZlibLibrary.noFlush)
        }
        // "Buffer error" is no error: there was nothing to do.
        guard code == ZlibLibrary.ok || code == ZlibLibrary.streamEnd || code == ZlibLibrary.bufferError else {
            throw state.problem(code)
        }
        return CompressionProgress(
            consumed: consumed,
            produced: produced,
            isFinished: code == ZlibLibrary.streamEnd
        )
    }
}
