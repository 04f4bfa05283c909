/// LZ4's frame format (https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md).
struct LZ4Codec: CompressionCodec {
    var name: String { "lz4" }
    var fileExtensions: [String] { [".lz4"] }
    var magic: [UInt8] { [0x04, 0x22, 0x4d, 0x18] }
    var allowsConcatenation: Bool { true }

    func makeEncoder(level: Int?) throws -> any CompressionStream {
        let level = try CompressionLevel(method: name, range: 0...12, standard: 0).checked(level)
        return try LZ4Encoder(LZ4Library.shared(for: name), level: level)
    }

    func makeDecoder() throws -> any CompressionStream {
        try LZ4Decoder(LZ4Library.shared(for: name))
    }
}
