internal import JoblibSystem

/// The bytes of a pickle, in the order in which they are used.
///
/// No length that the file claims makes it allocate more than a small multiple of the bytes that are really there.
final class PickleInput {
    private let source: any PickleSource
    private var buffer: [UInt8]
    private var next = 0
    private var end = 0
    /// How many bytes were used.
    private(set) var position = 0

    /// What is read at once; longer runs do not go through the buffer.
    private static let bufferSize = 64 << 10

    init(_ source: any PickleSource) {
        self.source = source
        buffer = [UInt8](repeating: 0, count: min(Self.bufferSize, max(source.remaining ?? .max, 1)))
    }

    private static func ends() -> PickleProblem { .damaged("it ends too early: a part of it is missing") }

    /// How many bytes are left, where that is known.
    var remaining: Int? { source.remaining.map { $0 + end - next } }

    /// Fails when it is known that so many bytes are not left.
    func expect(_ count: Int) throws {
        if count < 0 || count > remaining ?? .max { throw Self.ends() }
    }

    private func refill() throws {
        // Safe: the source fills no more than the buffer.
        end = try unsafe buffer.withUnsafeMutableBytes { unsafe try source.read(into: $0) }
        next = 0
        if end == 0 { throw Self.ends() }
    }

    /// Has the checksum of compressed data looked at, which is behind the last value.
    func finish() throws {
        guard source.isCompressed else { return }
        // Safe: the source fills no more than the buffer.
        end = try unsafe buffer.withUnsafeMutableBytes { unsafe try source.read(into: $0) }
    }

    @inline(__always)
    func byte() throws -> UInt8 {
        if next == end { try refill() }
        defer {
            next += 1
            position += 1
        }
        return buffer[next]
    }

    /// A number of fixed width, its least significant byte first.
    func fixed<T: FixedWidthInteger & UnsignedInteger>(_: T.Type) throws -> T {
        var value: T = 0
        for shift in 0..<T.bitWidth / 8 {
            value |= T(truncatingIfNeeded: try byte()) &<< T(truncatingIfNeeded: shift * 8)
        }
        return value
    }

    /// A length of four or eight bytes.
    func length<T: FixedWidthInteger & UnsignedInteger>(_ type: T.Type) throws -> Int {
        guard let length = Int(exactly: try fixed(type)) else { throw Self.ends() }
        return length
    }

    func bytes(_ count: Int) throws -> [UInt8] { try elements(UInt8.self, count: count) }

    func text(_ count: Int) throws -> String {
        let bytes = try bytes(count)
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        // Python can have halves of surrogate pairs in a text; Unicode, and so Swift, cannot.
        throw PickleProblem.damaged("a text in it is not Unicode")
    }

    /// Text up to the end of the line, which is not part of it.
    func line() throws -> String { String(decoding: try lineBytes(), as: UTF8.self) }

    /// The bytes up to the end of the line.
    func lineBytes() throws -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let byte = try byte()
            if byte == UInt8(ascii: "\n") { return bytes }
            bytes.append(byte)
        }
    }

    /// Elements that lie there as they are in memory. Any bits must be values of `T`.
    func elements<T: BitwiseCopyable>(_: T.Type, count: Int) throws -> [T] {
        let (byteCount, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<T>.stride)
        if overflow { throw Self.ends() }
        try expect(byteCount)
        if remaining != nil || byteCount <= Self.bufferSize {
            return unsafe try Self.filled(T.self, count: count, fill)
        }
        var elements: [T] = []
        let piece = (1 << 20) / MemoryLayout<T>.stride
        while elements.count < count {
            if elements.capacity - elements.count < piece {
                elements.reserveCapacity(min(count, max(64 * piece, elements.count * 4)))
            }
            elements += unsafe try Self.filled(T.self, count: min(piece, count - elements.count), fill)
        }
        return elements
    }

    /// The same as pages of the file, where that is possible.
    func mapped<T: BitwiseCopyable & Sendable>(_ type: T.Type, count: Int) -> [T]? {
        // A process may have some ten thousand mappings, and each costs more than reading a few pages.
        guard let place = source.place, count >= Self.bufferSize / MemoryLayout<T>.stride else { return nil }
        let offset = place.offset - (end - next)
        guard let elements = MappedFileArray.map(type, in: place.file, at: offset, count: count),
            (try? skip(count * MemoryLayout<T>.stride)) != nil
        else { return nil }
        return elements
    }

    /// Leaves out bytes that lie in a file as they are, and tells where; nil where they do not.
    func skip(_ byteCount: Int) throws -> (file: FileReader, offset: Int)? {
        guard let place = source.place else { return nil }
        try expect(byteCount)
        let offset = place.offset - (end - next)
        let buffered = min(end - next, byteCount)
        next += buffered
        source.skip(byteCount - buffered)
        position += byteCount
        return (place.file, offset)
    }

    private static func filled<T: BitwiseCopyable>(
        _: T.Type,
        count: Int,
        _ fill: (UnsafeMutableRawBufferPointer) throws -> Void
    ) throws -> [T] {
        // Safe: all bytes are filled before the elements are counted.
        try unsafe [T](unsafeUninitializedCapacity: count) { elements, filled in
            let byteCount = count * MemoryLayout<T>.stride
            let bytes = unsafe UnsafeMutableRawBufferPointer(start: elements.baseAddress, count: byteCount)
            if let start = bytes.baseAddress, bytes.count >= LargePages.byteCount {
                unsafe LargePages.prefer(start, byteCount: bytes.count)
            }
            unsafe try fill(bytes)
            filled = count
        }
    }

    /// Fills all of `target`.
    func fill(_ target: UnsafeMutableRawBufferPointer) throws {
        var done = min(end - next, target.count)
        // Safe: so many bytes are there on both sides.
        unsafe buffer.withUnsafeBytes { unsafe target.copyMemory(from: .init(rebasing: $0[next..<next + done])) }
        next += done
        while done < target.count {
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: target[done...])
            if rest.count < buffer.count / 2 {
                try refill()
                let part = min(end, rest.count)
                unsafe buffer.withUnsafeBytes { unsafe rest.copyMemory(from: .init(rebasing: $0[..<part])) }
                next = part
                done += part
            } else {
                let part = unsafe try source.read(into: rest)
                if part == 0 { throw Self.ends() }
                done += part
            }
        }
        position += target.count
    }
}
