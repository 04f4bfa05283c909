internal import Joblib

/// Bytes in zlib's format (RFC 1950).
enum ZlibData {
    /// Compressed by the system's zlib; where there is none, as they are between the marks of the format.
    static func compress(_ bytes: [UInt8]) throws -> [UInt8] {
        do {
            let encoder = try CompressorRegistry.codec(named: "zlib").makeEncoder(level: 9)
            return try run(encoder, over: bytes)
        } catch let error as JoblibError where error.code == .missingLibrary {
            return stored(bytes)
        }
    }

    /// Uncompressed blocks (RFC 1951, section 3.2.4), which any reader understands.
    static func stored(_ bytes: [UInt8]) -> [UInt8] {
        // A window of 32 KiB, no dictionary, least effort; the two together are a multiple of 31.
        var result: [UInt8] = [0x78, 0x01]
        var rest = bytes[...]
        repeat {
            let block = rest.prefix(65_535)
            rest = rest.dropFirst(block.count)
            let count = UInt16(block.count)
            result.append(rest.isEmpty ? 1 : 0)
            for number in [count, ~count] {
                result.append(UInt8(truncatingIfNeeded: number))
                result.append(UInt8(truncatingIfNeeded: number >> 8))
            }
            result += block
        } while !rest.isEmpty
        let checksum = adler32(bytes)
        return result + (0..<4).map { UInt8(truncatingIfNeeded: checksum >> (24 - 8 * $0)) }
    }

    /// The checksum of zlib's format: RFC 1950, section 8.2.
    static func adler32(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var low: UInt32 = 1
        var high: UInt32 = 0
        for byte in bytes {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        return high << 16 | low
    }

    /// All that a compressor or decompressor makes of some bytes.
    static func run(_ stream: any CompressionStream, over bytes: [UInt8]) throws -> [UInt8] {
        var result: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        var done = 0
        while true {
            // Safe: the stream reads and writes within the two arrays, which live as long as the call.
            let progress = try unsafe bytes.withUnsafeBytes { input in
                try unsafe piece.withUnsafeMutableBytes { output in
                    let rest = unsafe UnsafeRawBufferPointer(rebasing: input[done...])
                    return try unsafe stream.process(rest, into: output, isLast: true)
                }
            }
            result += piece.prefix(progress.produced)
            done += progress.consumed
            if progress.isFinished { return result }
            guard progress.consumed > 0 || progress.produced > 0 else { throw Incomplete() }
        }
    }

    /// A stream that asks for more than there is.
    struct Incomplete: Error, CustomStringConvertible {
        var description: String { "The compressed data end too early." }
    }
}
