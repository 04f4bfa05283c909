/// bzip2 (https://sourceware.org/bzip2/).
struct BzipCodec: CompressionCodec {
    var name: String { "bz2" }
    var fileExtensions: [String] { [".bz2"] }
    var magic: [UInt8] { Array("BZh".utf8) }
    var allowsConcatenation: Bool { true }

    func recognizes(_ start: [UInt8]) -> Bool {
        start.count >= 4 && (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(start[3])
    }

    func makeEncoder(level: Int?) throws -> any CompressionStream {
        let level = try CompressionLevel(method: name, range: 1...9, standard: 9).checked(level)
        return try BzipStream(BzipLibrary.shared(for: name), level: level)
    }

    func makeDecoder() throws -> any CompressionStream {
        try BzipStream(BzipLibrary.shared(for: name), level: nil)
    }
}
