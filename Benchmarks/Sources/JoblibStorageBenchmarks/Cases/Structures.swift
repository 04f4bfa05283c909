import BenchmarkServing
import JoblibParallel

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A million small structures as bytes and back: by the coder behind worker processes, hashes and cached results, and as JSON.
enum Structures {
    private static let count = 1_000_000

    struct Reading: Codable, Sendable {
        var number: Int
        var place: String
        var value: Double
        var isValid: Bool
    }

    private static let readings = Lazy {
        (0..<count).map { Reading(number: $0, place: "place \($0 % 100)", value: Double($0) / 8, isValid: $0 % 3 == 0) }
    }

    static var variants: [Variant] {
        [
            encoded("ours") { try BinaryTransport.binary.encode($0).count },
            encoded("JSONEncoder") { try JSONEncoder().encode($0).count },
            decoded("ours", Lazy { Result { try BinaryTransport.binary.encode(readings.value) } }) {
                try BinaryTransport.binary.decode([Reading].self, from: $0)
            },
            decoded("JSONDecoder", Lazy { Result { try JSONEncoder().encode(readings.value) } }) {
                try JSONDecoder().decode([Reading].self, from: $0)
            },
        ]
    }

    private static func encoded(_ name: String, _ encode: @escaping @Sendable ([Reading]) throws -> Int) -> Variant {
        .blocking("encode_1m/\(name)") {
            let readings = readings.value
            // Less than the numbers alone would be no encoding of them.
            return try Stopwatch.sample(operations: count, checksum: { $0 > 10 * count ? 1 : 0 }) {
                try encode(readings)
            }
        }
    }

    private static func decoded<Bytes: Sendable>(
        _ name: String,
        _ bytes: Lazy<Result<Bytes, any Error>>,
        _ decode: @escaping @Sendable (Bytes) throws -> [Reading]
    ) -> Variant {
        .blocking("decode_1m/\(name)") {
            let bytes = try bytes.value.get()
            return try Stopwatch.sample(operations: count, checksum: sum) { try decode(bytes) }
        }
    }

    private static func sum(_ readings: [Reading]) -> UInt64 {
        readings.reduce(0) {
            $0 &+ UInt64($1.number + $1.place.utf8.count) &+ $1.value.bitPattern &+ ($1.isValid ? 1 : 0)
        }
    }
}
