@testable import JoblibPersistence

/// The methods of a test run: those whose library this machine has.
enum Squeezer {
    static let methods = ["zlib", "gzip", "bz2", "xz", "lzma", "lz4", "zstd"]

    static func isHere(_ method: String) -> Bool {
        (try? CompressorRegistry.codec(named: method).makeDecoder()) != nil
    }

    static let available = methods.filter(isHere)

    /// Runs and noise, so that there is something to find and something to keep.
    static func sample(_ generator: inout Generator, _ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let length = Int.random(in: 1...2000, using: &generator)
            if Bool.random(using: &generator) {
                bytes += [UInt8](repeating: UInt8(truncatingIfNeeded: generator.next()), count: length)
            } else {
                for _ in 0..<length { bytes.append(UInt8(truncatingIfNeeded: generator.next())) }
            }
        }
        return Array(bytes.prefix(count))
    }

    /// Compresses `bytes`, pushed in pieces of `piece` bytes.
    static func compress(_ bytes: [UInt8], _ method: String, level: Int? = nil, piece: Int = .max) throws -> [UInt8] {
        var result: [UInt8] = []
        let codec = try CompressorRegistry.codec(named: method)
        let writer = try unsafe CompressedWriter(codec, level: level, subject: "'x'") { unsafe result += $0 }
        for start in stride(from: 0, to: bytes.count, by: min(piece, max(bytes.count, 1))) {
            let part = Array(bytes[start..<min(start.addingReportingOverflow(piece).partialValue, bytes.count)])
            try unsafe part.withUnsafeBytes { try unsafe writer.write($0) }
        }
        try writer.finish()
        return result
    }

    /// Decompresses `bytes`, pulled in pieces of `piece` bytes; not more than `limit` bytes of result.
    static func expand(
        _ bytes: [UInt8],
        _ method: String,
        piece: Int = 1 << 20,
        limit: Int = 1 << 26
    ) throws -> [UInt8] {
        var place = 0
        let codec = try CompressorRegistry.codec(named: method)
        let reader = try unsafe CompressedReader(codec, subject: "'x'") { buffer in
            let count = min(buffer.count, piece, bytes.count - place)
            unsafe buffer.copyBytes(from: bytes[place..<place + count])
            place += count
            return count
        }
        var result: [UInt8] = []
        var part = [UInt8](repeating: 0, count: min(piece, 1 << 20))
        while result.count < limit {
            let count = try unsafe part.withUnsafeMutableBytes { try unsafe reader.read(into: $0) }
            result += part[..<count]
            if count < part.count { break }
        }
        return result
    }
}
