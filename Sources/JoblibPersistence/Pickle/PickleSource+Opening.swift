internal import JoblibSystem

extension FileSource {
    /// The pickle in a file, decompressed if need be.
    static func open(_ path: String) throws -> any PickleSource {
        let file = try FileReader(path)
        var start = [UInt8](repeating: 0, count: 16)
        var count = 0
        // Safe: each read fills no more than the rest of the array.
        try unsafe start.withUnsafeMutableBytes { bytes in
            while count < bytes.count {
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[count...])
                let part = unsafe try file.read(into: rest)
                if part == 0 { break }
                count += part
            }
        }
        start.removeLast(start.count - count)
        guard let compression = Compression(detecting: start), let codec = try compression.codec() else {
            if let size = file.size { return FileSource(file, size: size) }
            return unsafe StreamSource(start: start) { unsafe try file.read(into: $0) }
        }
        let compressed = unsafe StreamSource(start: start) { unsafe try file.read(into: $0) }
        let reader = unsafe try CompressedReader(codec, subject: JoblibError.quoted(path)) {
            unsafe try compressed.read(into: $0)
        }
        return unsafe StreamSource(isCompressed: true) { unsafe try reader.read(into: $0) }
    }
}

/// Bytes that come one after the other, nobody knows how many.
@safe
final class StreamSource: PickleSource {
    private var start: ArraySlice<UInt8>
    // Given buffers that live during the call only.
    private let more: (UnsafeMutableRawBufferPointer) throws -> Int
    let isCompressed: Bool

    init(
        start: [UInt8] = [],
        isCompressed: Bool = false,
        _ more: @escaping (UnsafeMutableRawBufferPointer) throws -> Int
    ) {
        self.start = start[...]
        self.isCompressed = isCompressed
        unsafe self.more = more
    }

    var remaining: Int? { nil }
    var place: (file: FileReader, offset: Int)? { nil }
    func skip(_ count: Int) {}

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        if start.isEmpty { return unsafe try more(buffer) }
        let part = start.prefix(buffer.count)
        start = start.dropFirst(part.count)
        unsafe buffer.copyBytes(from: part)
        return part.count
    }
}

extension CompressedWriter: PickleSink {}
