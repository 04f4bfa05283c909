/// zlib's three formats: with its own frame, with gzip's, and bare as in zip archives.
struct ZlibCodec: CompressionCodec {
    enum Format {
        /// RFC 1950.
        case zlib
        /// RFC 1952.
        case gzip
        /// RFC 1951.
        case raw

        /// The logarithm of the window's size, and what zlib adds to it or takes away from it for the format.
        var windowBits: Int32 {
            switch self {
            case .zlib: 15
            case .gzip: 15 + 16
            case .raw: -15
            }
        }
    }

    let format: Format

    init(_ format: Format) { self.format = format }

    var name: String {
        switch format {
        case .zlib: "zlib"
        case .gzip: "gzip"
        case .raw: "deflate"
        }
    }

    var fileExtensions: [String] {
        switch format {
        case .zlib: [".z"]
        case .gzip: [".gz"]
        case .raw: []
        }
    }

    var magic: [UInt8] {
        switch format {
        case .zlib: [0x78]
        case .gzip: [0x1f, 0x8b]
        case .raw: []
        }
    }

    // RFC 1950 has the first two bytes be a multiple of 31, which one text in 31 passes and the letter x alone does not.
    func recognizes(_ start: [UInt8]) -> Bool {
        format != .zlib || (start.count >= 2 && (Int(start[0]) << 8 | Int(start[1])) % 31 == 0)
    }

    var allowsConcatenation: Bool { format == .gzip }

    func makeEncoder(level: Int?) throws -> any CompressionStream {
        // joblib's default.
        let level = try CompressionLevel(method: name, range: 0...9, standard: 3).checked(level)
        return try ZlibEncoder(ZlibLibrary.shared(for: name), level: level, windowBits: format.windowBits)
    }

    func makeDecoder() throws -> any CompressionStream {
        try ZlibDecoder(ZlibLibrary.shared(for: name), windowBits: format.windowBits)
    }
}
