internal import JoblibPersistence

/// A small picture of up to 256 colours, as a PNG file (https://www.w3.org/TR/png/).
struct PalettePicture {
    let width: Int
    let height: Int
    /// Row by row: places in `palette`.
    let pixels: [UInt8]
    let palette: [(red: UInt8, green: UInt8, blue: UInt8)]

    var png: [UInt8] {
        var bytes: [UInt8] = [0x89] + Array("PNG\r\n\u{1a}\n".utf8)
        // 8 bits for each pixel, which is a place in the palette; the only methods there are; not interlaced.
        Self.add("IHDR", Self.number(width) + Self.number(height) + [8, 3, 0, 0, 0], to: &bytes)
        Self.add("PLTE", palette.flatMap { [$0.red, $0.green, $0.blue] }, to: &bytes)
        var rows: [UInt8] = []
        for row in 0..<height {
            // No filter.
            rows.append(0)
            rows += pixels[row * width..<(row + 1) * width]
        }
        Self.add("IDAT", Self.stored(rows), to: &bytes)
        Self.add("IEND", [], to: &bytes)
        return bytes
    }

    private static func add(_ type: String, _ data: [UInt8], to bytes: inout [UInt8]) {
        bytes += number(data.count)
        let content = Array(type.utf8) + data
        bytes += content
        var checksum = CRC32()
        // Safe: the bytes are only read, while the array holds them.
        unsafe content.withUnsafeBytes { unsafe checksum.update($0) }
        bytes += number(Int(checksum.value))
    }

    /// Bytes as zlib (RFC 1950) has them without compressing: so no library is needed for a picture of some kilobytes.
    private static func stored(_ data: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = [0x78, 0x01]
        var place = 0
        repeat {
            let count = min(data.count - place, 0xffff)
            bytes.append(place + count == data.count ? 1 : 0)
            bytes += [UInt8(count & 0xff), UInt8(count >> 8), UInt8(~count & 0xff), UInt8(~count >> 8 & 0xff)]
            bytes += data[place..<place + count]
            place += count
        } while place < data.count
        var (a, b) = (1, 0)
        for byte in data {
            a = (a + Int(byte)) % 65_521
            b = (b + a) % 65_521
        }
        return bytes + number(b << 16 | a)
    }

    private static func number(_ value: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}

/// Bytes as text (RFC 4648).
enum Base64 {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func text(of bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let part = bytes[start..<min(start + 3, bytes.count)]
            let bits = part.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - part.count))
            for place in 0..<4 {
                text.append(place <= part.count ? digits[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
