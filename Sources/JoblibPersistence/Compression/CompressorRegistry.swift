internal import Synchronization

/// The methods of compression that files can have, by name.
public enum CompressorRegistry {
    private static let codecs = Mutex<[any CompressionCodec]>([
        ZlibCodec(.zlib), ZlibCodec(.gzip), BzipCodec(), LZMACodec(.xz), LZMACodec(.alone), LZ4Codec(),
        ZstandardCodec(),
    ])

    /// Adds a method, which then also is chosen by its file extensions and recognised by its first bytes.
    ///
    /// - Parameters:
    ///   - codec: The method.
    ///   - replacing: Whether a method of that name may be there already.
    /// - Throws: ``JoblibError`` if there is one of that name, or if name or extensions are unusable.
    public static func register(_ codec: any CompressionCodec, replacing: Bool = false) throws {
        let extensions = codec.fileExtensions
        guard !codec.name.isEmpty, extensions.allSatisfy({ $0.hasPrefix(".") && $0.count > 1 }) else {
            throw JoblibError.unusableCodec(codec.name, extensions)
        }
        let isTaken = codecs.withLock { codecs in
            if let place = codecs.firstIndex(where: { $0.name == codec.name }) {
                if replacing { codecs[place] = codec }
                return !replacing
            }
            codecs.append(codec)
            return false
        }
        if isTaken { throw JoblibError.codecExists(codec.name) }
    }

    /// The names that are known, sorted.
    public static var names: [String] { codecs.withLock { $0.map(\.name) }.sorted() }

    /// The method of that name.
    ///
    /// - Parameter name: As in ``names``.
    /// - Throws: ``JoblibError`` if there is none.
    public static func codec(named name: String) throws -> any CompressionCodec {
        try known(name)
    }

    static func known(_ name: String) throws(JoblibError) -> any CompressionCodec {
        guard let codec = codecs.withLock({ $0.first { $0.name == name } }) else {
            throw JoblibError.unknownCodec(name, known: names)
        }
        return codec
    }

    static func codec(forFile path: String) -> (any CompressionCodec)? {
        let name = path.lowercased()
        return codecs.withLock { $0.last { $0.fileExtensions.contains { name.hasSuffix($0.lowercased()) } } }
    }

    static func codec(detecting start: [UInt8]) -> (any CompressionCodec)? {
        let known = codecs.withLock { $0 }
        return known.last { !$0.magic.isEmpty && start.starts(with: $0.magic) && $0.recognizes(start) }
    }
}
