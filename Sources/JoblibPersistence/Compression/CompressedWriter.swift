/// Compresses bytes that are pushed in, and pushes the result on.
@safe
package final class CompressedWriter {
    /// Where compressed bytes go.
    package typealias Sink = (UnsafeRawBufferPointer) throws -> Void

    private let codec: any CompressionCodec
    private let subject: String
    // As the callers of `write`, which give buffers that live during the call only.
    private let sink: Sink
    private let stream: any CompressionStream
    private var buffer = [UInt8](repeating: 0, count: 1 << 20)
    private var filled = 0

    /// - Parameters:
    ///   - codec: How to compress.
    ///   - level: How hard to try; nil for the default.
    ///   - subject: What is written, for errors, as in `'model.joblib'`.
    /// - Throws: ``JoblibError`` if the level means nothing or the method's library is missing.
    package init(_ codec: any CompressionCodec, level: Int?, subject: String, sink: @escaping Sink) throws {
        self.codec = codec
        self.subject = subject
        unsafe self.sink = sink
        stream = try codec.makeEncoder(level: level)
    }

    /// Compresses all of `bytes`.
    ///
    /// - Throws: What the sink throws, or ``JoblibError`` if there is not enough memory to compress.
    package func write(_ bytes: UnsafeRawBufferPointer) throws {
        try unsafe push(bytes, isLast: false)
    }

    /// Ends the compressed data; nothing can be written afterwards.
    package func finish() throws {
        try unsafe push(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true)
        try flush()
    }

    private func push(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws {
        var done = 0
        while isLast || done < bytes.count {
            let step: CompressionProgress
            do {
                let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[done...])
                // Safe: the stream fills no more than the free part of the buffer, and keeps no pointer.
                step = try unsafe buffer.withUnsafeMutableBytes { buffer in
                    let room = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
                    return try unsafe stream.process(rest, into: room, isLast: isLast)
                }
            } catch {
                throw failure(error)
            }
            let isCounted =
                step.consumed >= 0 && step.consumed <= bytes.count - done && step.produced >= 0
                && step.produced <= buffer.count - filled
            // A stream that neither takes nor gives with room to spare would be asked for ever.
            guard isCounted, step.isFinished || step.consumed > 0 || step.produced > 0 else {
                throw failure(CompressionProblem("the compressor does not go on"))
            }
            done += step.consumed
            filled += step.produced
            if filled == buffer.count { try flush() }
            if step.isFinished { return }
        }
    }

    private func flush() throws {
        // Safe: only bytes that the stream has written are given on.
        try unsafe buffer.withUnsafeBytes { try unsafe sink(UnsafeRawBufferPointer(rebasing: $0[..<filled])) }
        filled = 0
    }

    private func failure(_ error: any Error) -> any Error {
        error is JoblibError ? error : JoblibError.compressionFailed(subject, method: codec.name, cause: error)
    }
}
