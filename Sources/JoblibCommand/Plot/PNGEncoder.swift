/// Writes pictures as PNG files (ISO/IEC 15948; W3C PNG, third edition), three bytes a pixel.
enum PNGEncoder {
    private static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

    static func encode(_ raster: Raster) throws -> [UInt8] {
        var file = signature
        // Eight bits a channel, red, green and blue; deflate; the five filters; rows in order.
        append("IHDR", bigEndian(raster.width) + bigEndian(raster.height) + [8, 2, 0, 0, 0], to: &file)
        append("sRGB", [0], to: &file)
        append("IDAT", try ZlibData.compress(filtered(raster)), to: &file)
        append("IEND", [], to: &file)
        return file
    }

    private static func append(_ type: String, _ data: [UInt8], to file: inout [UInt8]) {
        let body = Array(type.utf8) + data
        file += bigEndian(data.count) + body + bigEndian(Int(Checksum.crc32(body)))
    }

    private static func bigEndian(_ number: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
    }

    /// The rows, each behind the number of the filter that makes the least of it.
    ///
    /// "Least" is the sum of the bytes taken as signed numbers, which the standard's section 12.7 recommends.
    private static func filtered(_ raster: Raster) -> [UInt8] {
        let length = raster.width * 3
        var result: [UInt8] = []
        result.reserveCapacity((length + 1) * raster.height)
        var above = [UInt8](repeating: 0, count: length)
        for y in 0..<raster.height {
            let row = Array(raster.bytes[y * length..<(y + 1) * length])
            if row == above {
                result.append(2)
                result.append(contentsOf: repeatElement(0, count: length))
                continue
            }
            var best = (filter: UInt8(0), bytes: row, cost: cost(row))
            for filter in [UInt8(1), 2, 4] where best.cost > 0 {
                let bytes = apply(filter, row, above)
                let cost = cost(bytes)
                if cost < best.cost { best = (filter, bytes, cost) }
            }
            result.append(best.filter)
            result += best.bytes
            above = row
        }
        return result
    }

    private static func cost(_ bytes: [UInt8]) -> Int {
        bytes.reduce(0) { $0 + Int(Int8(bitPattern: $1).magnitude) }
    }

    private static func apply(_ filter: UInt8, _ row: [UInt8], _ above: [UInt8]) -> [UInt8] {
        var result = row
        for index in row.indices {
            let left = index >= 3 ? row[index - 3] : 0
            let up = above[index]
            let corner = index >= 3 ? above[index - 3] : 0
            let prediction =
                switch filter {
                case 1: left
                case 2: up
                default: paeth(left, up, corner)
                }
            result[index] = row[index] &- prediction
        }
        return result
    }

    private static func paeth(_ left: UInt8, _ up: UInt8, _ corner: UInt8) -> UInt8 {
        let guess = Int(left) + Int(up) - Int(corner)
        let (toLeft, toUp, toCorner) = (abs(guess - Int(left)), abs(guess - Int(up)), abs(guess - Int(corner)))
        if toLeft <= toUp, toLeft <= toCorner { return left }
        return toUp <= toCorner ? up : corner
    }
}
