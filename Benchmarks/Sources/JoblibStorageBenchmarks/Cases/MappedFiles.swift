import BenchmarkServing
import JoblibPersistence

/// The same array, mapped: until it is there, and until all of it was read too. `mmap` is the system's call alone, of a file
/// without a header.
enum MappedFiles {
    private static let opens = 200

    static var variants: [Variant] {
        [
            opened("ours", dumped) { try load([Double].self, from: $0, mapped: true).count },
            opened("ours_npy", written) { try NPY.read([Double].self, from: $0, mapped: true).count },
            opened("mmap", plain) { try unsafe PlainFile.mapped($0) { $0.count } },
            summed("ours", dumped) { LargeArray.sum(try load([Double].self, from: $0, mapped: true)) },
            summed("ours_npy", written) { LargeArray.sum(try NPY.read([Double].self, from: $0, mapped: true)) },
            // The buffer is read while it is mapped.
            summed("mmap", plain) { try unsafe PlainFile.mapped($0) { unsafe sum($0) } },
        ]
    }

    @Sendable private static func dumped() throws -> String {
        try ArrayFiles.file("swift.joblib") { try dump($0, to: $1) }
    }

    @Sendable private static func written() throws -> String {
        try ArrayFiles.file("swift.npy") { try NPY.write($0, to: $1) }
    }

    @Sendable private static func plain() throws -> String { try ArrayFiles.file("plain", PlainFile.write) }

    private static func opened(
        _ name: String,
        _ file: @escaping @Sendable () throws -> String,
        _ open: @escaping @Sendable (String) throws -> Int
    ) -> Variant {
        .blocking("map_open/\(name)") {
            let path = try file()
            return try Stopwatch.repeated(opens, operations: 1, checksum: { UInt64($0) }) { try open(path) }
        }
    }

    private static func summed(
        _ name: String,
        _ file: @escaping @Sendable () throws -> String,
        _ sum: @escaping @Sendable (String) throws -> UInt64
    ) -> Variant {
        .blocking("map_sum/\(name)") {
            let path = try file()
            return try Stopwatch.sample(operations: 1, checksum: \.self) { try sum(path) }
        }
    }

    @inline(never) private static func sum(_ values: UnsafeBufferPointer<Double>) -> UInt64 {
        // The caller's, during the call.
        unsafe values.reduce(0) { $0 &+ $1.bitPattern }
    }
}
