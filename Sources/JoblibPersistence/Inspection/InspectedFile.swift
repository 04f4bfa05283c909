internal import JoblibSystem

/// An open file whose first bytes were looked at, those of its content if it is compressed.
struct InspectedFile {
    let file: FileReader
    /// The method that it is compressed by.
    let compressor: String?
    let signature: FileSignature
    let start: [UInt8]
    /// The content from its first byte on.
    let source: any PickleSource

    init(_ path: String) throws {
        file = try FileReader(path)
        let raw = try Self.first(of: FileStart(file))
        guard case .compressed(let method) = FileSignature(raw) else {
            compressor = nil
            start = raw
            signature = FileSignature(raw)
            if let size = file.size {
                source = FileSource(file, size: size)
            } else {
                source = unsafe StreamSource(start: raw) { [file] in unsafe try file.read(into: $0) }
            }
            return
        }
        compressor = method
        let compressed = unsafe StreamSource(start: raw) { [file] in unsafe try file.read(into: $0) }
        let reader = unsafe try CompressedReader(
            CompressorRegistry.codec(named: method),
            subject: JoblibError.quoted(path)
        ) { unsafe try compressed.read(into: $0) }
        let content = try Self.first(of: unsafe StreamSource { unsafe try reader.read(into: $0) })
        start = content
        signature = FileSignature(content)
        source = unsafe StreamSource(start: content, isCompressed: true) { unsafe try reader.read(into: $0) }
    }

    private static func first(of source: any PickleSource) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: FileSignature.length)
        var count = 0
        // Safe: each read fills no more than the rest of the array.
        try unsafe bytes.withUnsafeMutableBytes { buffer in
            while count < buffer.count {
                let part = unsafe try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
                if part == 0 { break }
                count += part
            }
        }
        return Array(bytes[..<count])
    }
}

/// The bytes of a file one after the other.
private final class FileStart: PickleSource {
    private let file: FileReader

    init(_ file: FileReader) { self.file = file }

    var remaining: Int? { nil }
    var place: (file: FileReader, offset: Int)? { nil }
    func skip(_ count: Int) {}
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int { unsafe try file.read(into: buffer) }
}
