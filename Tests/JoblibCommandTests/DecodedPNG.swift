import Joblib

@testable import JoblibCommand

/// The pixels of a PNG file of three bytes a pixel, read by the standard and not by the encoder's code.
struct DecodedPNG {
    struct Damage: Error {
        var what: String
    }

    let width: Int
    let height: Int
    let types: [String]
    let bytes: [UInt8]

    init(_ file: [UInt8]) throws {
        guard file.starts(with: [137, 80, 78, 71, 13, 10, 26, 10]) else { throw Damage(what: "signature") }
        var rest = file.dropFirst(8)
        var types: [String] = []
        var header: [UInt8] = []
        var data: [UInt8] = []
        while !rest.isEmpty {
            guard rest.count >= 12 else { throw Damage(what: "length") }
            let length = Self.number(rest.prefix(4))
            let body = rest.dropFirst(4).prefix(4 + length)
            let checksum = rest.dropFirst(8 + length).prefix(4)
            guard Self.number(checksum) == Int(Self.crc(body)) else { throw Damage(what: "checksum") }
            types.append(String(decoding: body.prefix(4), as: UTF8.self))
            if types.last == "IHDR" { header = Array(body.dropFirst(4)) }
            if types.last == "IDAT" { data += body.dropFirst(4) }
            rest = rest.dropFirst(12 + length)
        }
        guard header.count == 13, Array(header[8...]) == [8, 2, 0, 0, 0] else { throw Damage(what: "header") }
        width = Self.number(header[0..<4])
        height = Self.number(header[4..<8])
        self.types = types
        let rows = try ZlibData.run(CompressorRegistry.codec(named: "zlib").makeDecoder(), over: data)
        bytes = try Self.unfiltered(rows, width: width, height: height)
    }

    private static func number(_ bytes: some Sequence<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

    /// Bit by bit.
    private static func crc(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var state = UInt32.max
        for byte in bytes {
            state ^= UInt32(byte)
            for _ in 0..<8 { state = state & 1 == 1 ? state >> 1 ^ 0xedb8_8320 : state >> 1 }
        }
        return ~state
    }

    private static func unfiltered(_ rows: [UInt8], width: Int, height: Int) throws -> [UInt8] {
        let length = width * 3
        guard rows.count == height * (length + 1) else { throw Damage(what: "size") }
        var result: [UInt8] = []
        var above = [UInt8](repeating: 0, count: length)
        for y in 0..<height {
            let filter = rows[y * (length + 1)]
            var row = Array(rows[(y * (length + 1) + 1)...].prefix(length))
            for x in 0..<length {
                let (a, b, c) = (x < 3 ? 0 : Int(row[x - 3]), Int(above[x]), x < 3 ? 0 : Int(above[x - 3]))
                let p = a + b - c
                let nearest = [a, b, c].min { abs(p - $0) < abs(p - $1) } ?? 0
                let predictions = [0, a, b, (a + b) / 2, nearest]
                guard filter < 5 else { throw Damage(what: "filter \(filter)") }
                row[x] &+= UInt8(predictions[Int(filter)])
            }
            result += row
            above = row
        }
        return result
    }
}
