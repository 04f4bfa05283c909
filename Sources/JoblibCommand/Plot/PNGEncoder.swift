/// Writes pictures as PNG files, three bytes a pixel.
enum PNGEncoder {
    static func encode(_ raster: Raster) throws -> [UInt8] {
        var file = PNGFile(width: raster.width, height: raster.height, .redGreenBlue)
        file.add("sRGB", [0])
        file.add("IDAT", try ZlibData.compress(filtered(raster)))
        file.add("IEND", [])
        return file.bytes
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
