internal import JoblibSystem

/// The list of an archive's files, which lies at its end.
struct ZipDirectory {
    private(set) var members: [ZipMember] = []

    /// More than any archive of arrays needs; a hostile one could otherwise have it all read into memory.
    private static let longest = 256 << 20

    init(_ file: FileReader) throws {
        guard let size = file.size else { throw ZipProblem("it is no regular file") }
        let tail = try Self.bytes(of: file, from: max(size - ZipFormat.endSize - 0xffff, 0), upTo: size)
        guard let place = Self.end(in: tail) else { throw ZipProblem("it has no directory at its end") }
        let endOffset = size - tail.count + place
        var count = Int(tail.number(at: place + 10, UInt16.self) ?? 0)
        var byteCount = Int(tail.number(at: place + 12, UInt32.self) ?? 0)
        var offset = Int(tail.number(at: place + 16, UInt32.self) ?? 0)
        if let large = try Self.largeEnd(of: file, before: endOffset) { (count, byteCount, offset) = large }
        guard offset >= 0, byteCount >= 0, byteCount <= Self.longest, offset <= endOffset - byteCount else {
            throw ZipProblem("its directory does not lie where it should")
        }
        let bytes = try Self.bytes(of: file, from: offset, upTo: offset + byteCount)
        guard count >= 0, count <= bytes.count / ZipFormat.centralHeaderSize else {
            throw ZipProblem("its directory is too short for \(count) files")
        }
        var position = 0
        for _ in 0..<count { members.append(try Self.member(in: bytes, at: &position)) }
    }

    private static func bytes(of file: FileReader, from start: Int, upTo end: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: end - start)
        let count = try unsafe bytes.withUnsafeMutableBytes { try unsafe file.read(into: $0, at: start) }
        guard count == bytes.count else { throw ZipProblem("it is shorter than it was when it was opened") }
        return bytes
    }

    /// Where the last record begins, behind which there is only the archive's comment.
    private static func end(in tail: [UInt8]) -> Int? {
        for place in stride(from: tail.count - ZipFormat.endSize, through: 0, by: -1)
        where tail[place] == 0x50 && tail.number(at: place, UInt32.self) == ZipFormat.end {
            let comment = tail.number(at: place + 20, UInt16.self) ?? 0
            if place + ZipFormat.endSize + Int(comment) == tail.count { return place }
        }
        return nil
    }

    /// The record of archives with more than 65,535 files or 4 GiB; nil if there is none.
    private static func largeEnd(
        of file: FileReader,
        before end: Int
    ) throws -> (count: Int, byteCount: Int, offset: Int)? {
        let start = end - ZipFormat.locator64Size
        guard start >= 0 else { return nil }
        let locator = try bytes(of: file, from: start, upTo: end)
        guard locator.number(at: 0, UInt32.self) == ZipFormat.locator64 else { return nil }
        guard let place = locator.number(at: 8, UInt64.self).flatMap({ Int(exactly: $0) }),
            place <= start - ZipFormat.end64Size
        else { throw ZipProblem("its directory does not lie where it should") }
        let record = try bytes(of: file, from: place, upTo: place + ZipFormat.end64Size)
        guard record.number(at: 0, UInt32.self) == ZipFormat.end64,
            let count = record.number(at: 32, UInt64.self).flatMap({ Int(exactly: $0) }),
            let byteCount = record.number(at: 40, UInt64.self).flatMap({ Int(exactly: $0) }),
            let offset = record.number(at: 48, UInt64.self).flatMap({ Int(exactly: $0) })
        else { throw ZipProblem("its directory does not lie where it should") }
        return (count, byteCount, offset)
    }

    private static func member(in bytes: [UInt8], at position: inout Int) throws -> ZipMember {
        let start = position
        let tooShort = ZipProblem("its directory is damaged")
        guard bytes.number(at: start, UInt32.self) == ZipFormat.centralHeader,
            let flags = bytes.number(at: start + 8, UInt16.self),
            let method = bytes.number(at: start + 10, UInt16.self),
            let checksum = bytes.number(at: start + 16, UInt32.self),
            let compressedSize = bytes.number(at: start + 20, UInt32.self),
            let size = bytes.number(at: start + 24, UInt32.self),
            let nameCount = bytes.number(at: start + 28, UInt16.self),
            let extraCount = bytes.number(at: start + 30, UInt16.self),
            let commentCount = bytes.number(at: start + 32, UInt16.self),
            let offset = bytes.number(at: start + 42, UInt32.self)
        else { throw tooShort }
        let nameStart = start + ZipFormat.centralHeaderSize
        let extraStart = nameStart + Int(nameCount)
        position = extraStart + Int(extraCount) + Int(commentCount)
        guard position <= bytes.count else { throw tooShort }
        var numbers = [size, compressedSize, offset].map { Int($0) }
        // Those that are all ones stand, in this order, in an extra field.
        var large = zip64Field(bytes[extraStart..<extraStart + Int(extraCount)])
        for index in numbers.indices where numbers[index] == 0xffff_ffff {
            guard let number = large?.popFirst().flatMap({ Int(exactly: $0) }) else { throw tooShort }
            numbers[index] = number
        }
        return ZipMember(
            name: String(decoding: bytes[nameStart..<extraStart], as: UTF8.self),
            flags: flags,
            method: method,
            checksum: checksum,
            compressedSize: numbers[1],
            size: numbers[0],
            headerOffset: numbers[2]
        )
    }

    /// The numbers in the extra field for large ones; nil if there is no such field.
    private static func zip64Field(_ extra: ArraySlice<UInt8>) -> ArraySlice<UInt64>? {
        let bytes = Array(extra)
        var place = 0
        while let id = bytes.number(at: place, UInt16.self), let count = bytes.number(at: place + 2, UInt16.self) {
            let end = place + 4 + Int(count)
            guard end <= bytes.count else { return nil }
            if id == ZipFormat.zip64Field {
                let places = stride(from: place + 4, through: end - 8, by: 8)
                return places.compactMap { bytes.number(at: $0, UInt64.self) }[...]
            }
            place = end
        }
        return nil
    }
}
