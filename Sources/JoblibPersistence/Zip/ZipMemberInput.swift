internal import JoblibSystem

/// The content of one file in an archive, from its first byte to its last.
///
/// No size that the archive tells makes it take memory; they only are compared with what is really there.
final class ZipMemberInput {
    private let file: FileReader
    private let member: ZipMember
    private let subject: String
    /// Where the content lies in the archive, if it lies there as it is.
    let storedRange: Range<Int>?
    private var offset: Int
    private let end: Int
    private var inflater: CompressedReader?
    private var checksum = CRC32()
    private var produced = 0

    init(_ member: ZipMember, of file: FileReader, subject: String) throws {
        self.file = file
        self.member = member
        self.subject = subject
        guard member.flags & ZipFormat.isEncrypted == 0 else { throw ZipProblem("it is encrypted") }
        offset = try Self.start(of: member, in: file)
        end = offset + member.compressedSize
        switch member.method {
        case ZipFormat.stored:
            guard member.size == member.compressedSize else { throw ZipProblem("its two sizes differ") }
            storedRange = offset..<end
        case ZipFormat.deflated:
            storedRange = nil
            inflater = try unsafe CompressedReader(
                ZlibCodec(.raw),
                subject: subject,
                bufferSize: member.compressedSize,
                source: { [unowned self] in try unsafe readRaw(into: $0) }
            )
        default: throw ZipProblem("it is compressed by method \(member.method), which NumPy never uses")
        }
    }

    /// Where the content begins: behind a second header, whose length only it knows.
    private static func start(of member: ZipMember, in file: FileReader) throws -> Int {
        let archiveSize = file.size ?? 0
        guard member.headerOffset <= archiveSize - ZipFormat.localHeaderSize else {
            throw ZipProblem("it lies behind the end")
        }
        var header = [UInt8](repeating: 0, count: ZipFormat.localHeaderSize)
        _ = try unsafe header.withUnsafeMutableBytes { try unsafe file.read(into: $0, at: member.headerOffset) }
        guard header.number(at: 0, UInt32.self) == ZipFormat.localHeader,
            let nameCount = header.number(at: 26, UInt16.self),
            let extraCount = header.number(at: 28, UInt16.self)
        else { throw ZipProblem("there is no file where the directory says") }
        var name = [UInt8](repeating: 0, count: Int(nameCount))
        let nameStart = member.headerOffset + ZipFormat.localHeaderSize
        _ = try unsafe name.withUnsafeMutableBytes { try unsafe file.read(into: $0, at: nameStart) }
        guard String(decoding: name, as: UTF8.self) == member.name else {
            throw ZipProblem("directory and file have different names")
        }
        let start = nameStart + Int(nameCount) + Int(extraCount)
        guard start <= archiveSize, member.compressedSize <= archiveSize - start else {
            throw ZipProblem("it goes on behind the end")
        }
        return start
    }

    /// Bytes as they lie in the archive, and not beyond the file's own.
    private func readRaw(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = min(buffer.count, end - offset)
        if count == 0 { return 0 }
        let part = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
        let read = try unsafe file.read(into: part, at: offset, threads: NPY.threads(for: count))
        offset += read
        return read
    }

    /// Reads the next bytes; fewer than the buffer has only at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = if let inflater { try unsafe inflater.read(into: buffer) } else { try unsafe readRaw(into: buffer) }
        unsafe checksum.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        produced += count
        return count
    }

    /// Fills the whole buffer with the next bytes.
    func fill(_ buffer: UnsafeMutableRawBufferPointer) throws {
        let count = try unsafe read(into: buffer)
        guard count == buffer.count else {
            throw JoblibError.truncatedArray(subject, expected: buffer.count, found: count)
        }
    }

    /// Checks, when all of the array has been read, that nothing else follows and that nothing was damaged.
    func finish() throws {
        var rest: [UInt8] = [0]
        let count = try unsafe rest.withUnsafeMutableBytes { bytes in
            if let inflater { try unsafe inflater.read(into: bytes) } else { try unsafe readRaw(into: bytes) }
        }
        guard count == 0, produced == member.size else {
            throw ZipProblem("its size is not the one in the directory")
        }
        guard checksum.value == member.checksum else { throw ZipProblem("its checksum is wrong") }
    }
}
