/// Decompressed bytes, pulled from compressed ones that are pulled from elsewhere.
///
/// Holds a megabyte and what the method needs, whatever the data claim.
@safe
package final class CompressedReader {
    /// Where compressed bytes come from: fills some of the buffer and tells how many; 0 only at the end.
    package typealias Source = (UnsafeMutableRawBufferPointer) throws -> Int

    private let codec: any CompressionCodec
    private let subject: String
    // Given buffers that live during the call only.
    private let source: Source
    private var stream: any CompressionStream
    private var buffer: [UInt8]
    private var unread = 0..<0
    private var isSourceAtEnd = false
    /// Whether the last member has ended, and nothing follows.
    private var isAtEnd = false

    /// - Parameters:
    ///   - codec: How the bytes are compressed.
    ///   - subject: What is read, for errors, as in `'model.joblib'`.
    ///   - bufferSize: How many compressed bytes are taken at once, where there are less than a megabyte.
    ///   - source: Gives compressed bytes.
    /// - Throws: ``JoblibError`` if the method's library is missing.
    package init(
        _ codec: any CompressionCodec,
        subject: String,
        bufferSize: Int = 1 << 20,
        source: @escaping Source
    ) throws {
        self.codec = codec
        self.subject = subject
        unsafe self.source = source
        // Room for what the beginning of a stream is recognised by.
        buffer = [UInt8](repeating: 0, count: max(64, min(bufferSize, 1 << 20)))
        stream = try codec.makeDecoder()
    }

    /// Reads decompressed bytes until the buffer is full or the data end.
    ///
    /// - Returns: How many; fewer than the buffer has only at the end.
    /// - Throws: ``JoblibError`` if the data are damaged or cut off, or what the source throws.
    package func read(into output: UnsafeMutableRawBufferPointer) throws -> Int {
        var done = 0
        while done < output.count, !isAtEnd {
            if unread.isEmpty { try fill() }
            let step = try unsafe process(UnsafeMutableRawBufferPointer(rebasing: output[done...]))
            let (consumed, produced) = (step.consumed, step.produced)
            guard consumed >= 0, consumed <= unread.count, produced >= 0, produced <= output.count - done else {
                throw failure(CompressionProblem("the decompressor counts bytes that are not there"))
            }
            unread = unread.lowerBound + consumed..<unread.upperBound
            done += produced
            if step.isFinished {
                try beginNextMember()
            } else if consumed == 0 && produced == 0 {
                // Nothing more can come of what there is.
                if isSourceAtEnd { throw failure(CompressionProblem("the data end in the middle")) }
                let before = unread.count
                try fill()
                if unread.count == before && !isSourceAtEnd {
                    throw failure(CompressionProblem("the decompressor does not go on"))
                }
            }
        }
        return done
    }

    private func process(_ output: UnsafeMutableRawBufferPointer) throws -> CompressionProgress {
        let isLast = isSourceAtEnd
        do {
            // Safe: the unread part lies within the buffer, and the stream keeps no pointer to it.
            return try unsafe buffer.withUnsafeBytes { bytes in
                let input = unsafe UnsafeRawBufferPointer(rebasing: bytes[unread])
                return try unsafe stream.process(input, into: output, isLast: isLast)
            }
        } catch {
            throw failure(error)
        }
    }

    /// Gets more input, behind what is left of the last.
    private func fill() throws {
        if isSourceAtEnd { return }
        if unread.lowerBound > 0 {
            buffer.replaceSubrange(0..<unread.count, with: Array(buffer[unread]))
            unread = 0..<unread.count
        }
        guard unread.count < buffer.count else { return }
        // Safe: the source fills no more than the free part.
        let count = try unsafe buffer.withUnsafeMutableBytes { bytes in
            try unsafe source(UnsafeMutableRawBufferPointer(rebasing: bytes[unread.upperBound...]))
        }
        if count <= 0 { isSourceAtEnd = true }
        unread = 0..<unread.count + max(count, 0)
    }

    /// Looks at what follows the end of a member: another one, padding, or nothing.
    private func beginNextMember() throws {
        while unread.count < 16, !isSourceAtEnd { try fill() }
        if codec.allowsConcatenation, !unread.isEmpty {
            let start = Array(buffer[unread].prefix(16))
            if start.starts(with: codec.magic) && codec.recognizes(start) {
                stream = try codec.makeDecoder()
                return
            }
        }
        // Tapes and xz fill up with zeros.
        while true {
            guard buffer[unread].allSatisfy({ $0 == 0 }) else {
                throw failure(CompressionProblem("other bytes follow the end of the compressed data"))
            }
            unread = 0..<0
            if isSourceAtEnd { break }
            try fill()
        }
        isAtEnd = true
    }

    private func failure(_ error: any Error) -> any Error {
        error is JoblibError ? error : JoblibError.damagedCompression(subject, method: codec.name, cause: error)
    }
}
