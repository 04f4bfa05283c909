/// liblzma's two formats.
struct LZMACodec: CompressionCodec {
    enum Format {
        /// With checksums and an index (https://tukaani.org/xz/xz-file-format.txt).
        case xz
        /// The old one of lzma-utils, which joblib and Python call "alone".
        case alone
    }

    let format: Format

    init(_ format: Format) { self.format = format }

    var name: String { format == .xz ? "xz" : "lzma" }
    var fileExtensions: [String] { format == .xz ? [".xz"] : [".lzma"] }
    var magic: [UInt8] { format == .xz ? [0xfd, 0x37, 0x7a, 0x58, 0x5a] : [0x5d, 0x00] }
    var allowsConcatenation: Bool { format == .xz }

    func makeEncoder(level: Int?) throws -> any CompressionStream {
        let level = try CompressionLevel(method: name, range: 0...9, standard: 6).checked(level)
        return try LZMAStream(LZMALibrary.shared(for: name), .encode(format, level: UInt32(level)))
    }

    func makeDecoder() throws -> any CompressionStream {
        try LZMAStream(LZMALibrary.shared(for: name), .decode(format))
    }
}
