internal import JoblibSystem

/// Where a pickle's bytes come from.
protocol PickleSource: AnyObject {
    /// How many bytes are left; nil when that is not known before they were read.
    var remaining: Int? { get }

    /// Reads up to as many bytes as the buffer takes; 0 only at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int

    /// The file in which the bytes lie as they are, and where the next one does.
    var place: (file: FileReader, offset: Int)? { get }

    /// Whether the bytes end with a checksum, which is looked at when all were read.
    var isCompressed: Bool { get }

    /// Leaves out bytes that were used where they are in the file.
    func skip(_ count: Int)
}

extension PickleSource {
    var isCompressed: Bool { false }
}

/// An uncompressed file.
final class FileSource: PickleSource {
    /// More than these wait for the memory, not for each other's page faults.
    private static let threads = min(Processors.available(), 4)

    private let file: FileReader
    private let size: Int
    private var offset: Int

    init(_ file: FileReader, size: Int, offset: Int = 0) {
        self.file = file
        self.size = size
        self.offset = offset
    }

    var remaining: Int? { max(size - offset, 0) }
    var place: (file: FileReader, offset: Int)? { (file, offset) }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        // Safe: the reader fills no more than the buffer.
        let count = unsafe try file.read(into: buffer, at: offset, threads: Self.threads)
        offset += count
        return count
    }

    func skip(_ count: Int) { offset += count }
}

/// Bytes in memory.
final class MemorySource: PickleSource {
    private let bytes: [UInt8]
    private var next = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var remaining: Int? { bytes.count - next }
    var place: (file: FileReader, offset: Int)? { nil }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = min(buffer.count, bytes.count - next)
        // Safe: so many bytes are there on both sides.
        unsafe bytes.withUnsafeBytes { unsafe buffer.copyMemory(from: .init(rebasing: $0[next..<next + count])) }
        next += count
        return count
    }

    func skip(_ count: Int) { next += count }
}
