internal import JoblibParallel
internal import JoblibSystem

/// An entry as a store gives it back: its bytes, or the file that holds them.
public struct StoredEntry: Sendable {
    private enum Content {
        case bytes([UInt8])
        case file(ReadableFile)
    }

    private let content: Content

    /// An entry whose bytes are at hand.
    public init(bytes: [UInt8]) {
        content = .bytes(bytes)
    }

    /// An entry that is a file of its own: only the parts that are needed are read, and large arrays can be mapped.
    ///
    /// The file must not change any more; it may be replaced by another one and removed.
    ///
    /// - Parameter path: The file.
    /// - Returns: nil when there is no such file.
    /// - Throws: An error when the file is there and cannot be opened.
    public init?(file path: String) throws {
        guard let file = try ReadableFile.open(path) else { return nil }
        content = .file(file)
    }

    /// A copy of all bytes.
    ///
    /// - Throws: An error when the file cannot be read.
    public func bytes() throws -> [UInt8] {
        switch content {
        case .bytes(let bytes): bytes
        case .file(let file): try file.read(at: 0, upTo: file.size())
        }
    }

    var file: ReadableFile? {
        if case .file(let file) = content { file } else { nil }
    }

    /// How many bytes there are.
    func size() throws -> Int {
        switch content {
        case .bytes(let bytes): bytes.count
        case .file(let file): try file.size()
        }
    }

    /// Up to `count` of the first bytes.
    func prefix(_ count: Int) throws -> [UInt8] {
        switch content {
        case .bytes(let bytes): Array(bytes.prefix(count))
        case .file(let file): try file.read(at: 0, upTo: count)
        }
    }

    /// Fills `buffer` with the bytes from `offset` on; false when there are not so many.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Bool {
        switch content {
        case .bytes(let bytes):
            guard offset >= 0, offset <= bytes.count, buffer.count <= bytes.count - offset else { return false }
            // Safe: so many bytes are there, and the buffer has room for them.
            unsafe bytes.withUnsafeBytes {
                unsafe buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + buffer.count]))
            }
            return true
        case .file(let file):
            return try unsafe file.read(at: offset, into: buffer) == buffer.count
        }
    }
}
