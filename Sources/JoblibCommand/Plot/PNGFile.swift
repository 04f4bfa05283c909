internal import JoblibPersistence

/// A PNG file in the making (ISO/IEC 15948; W3C PNG, third edition): chunks one behind the other.
struct PNGFile {
    private(set) var bytes: [UInt8] = [0x89] + Array("PNG\r\n\u{1a}\n".utf8)

    /// How a pixel's eight bits a channel are to be read.
    enum Colours: UInt8 {
        case redGreenBlue = 2
        case palette = 3
    }

    init(width: Int, height: Int, _ colours: Colours) {
        // Eight bits a channel; deflate; the five filters; rows in order.
        add("IHDR", Self.bigEndian(width) + Self.bigEndian(height) + [8, colours.rawValue, 0, 0, 0])
    }

    /// Adds a chunk of four letters.
    mutating func add(_ type: String, _ data: [UInt8]) {
        let body = Array(type.utf8) + data
        var checksum = CRC32()
        // Safe: the bytes are only read, while the array holds them.
        unsafe body.withUnsafeBytes { unsafe checksum.update($0) }
        bytes += Self.bigEndian(data.count) + body + Self.bigEndian(Int(checksum.value))
    }

    private static func bigEndian(_ number: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
    }
}
