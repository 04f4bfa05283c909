/// Zstandard (RFC 8878).
struct ZstandardCodec: CompressionCodec {
    var name: String { "zstd" }
    var fileExtensions: [String] { [".zst"] }
    var magic: [UInt8] { [0x28, 0xb5, 0x2f, 0xfd] }
    var allowsConcatenation: Bool { true }

    func makeEncoder(level: Int?) throws -> any CompressionStream {
        let level = try CompressionLevel(method: name, range: 1...19, standard: 3).checked(level)
        return try ZstandardEncoder(ZstandardLibrary.shared(for: name), level: level)
    }

    func makeDecoder() throws -> any CompressionStream {
        try ZstandardDecoder(ZstandardLibrary.shared(for: name))
    }
}
