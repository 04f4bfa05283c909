import BenchmarkServing
import JoblibMemory

/// Calls of cached functions that do next to nothing: what finding a result costs, and computing one that is not there.
enum CachedCalls {
    private static let known = 1024
    private static let misses = 500
    private static let arrayCount = 8 << 20

    static var variants: [Variant] {
        [
            hits("cache_hit_disk/ours", calls: 20_000) { try memory("hits", recentLimit: 0) },
            hits("cache_hit_memory/ours", calls: 200_000) { try memory("hits", recentLimit: "16M") },
            missed("ours") { try filled(memory("hits", recentLimit: "16M")) },
            missed("ours_new_cache") {
                try memory("new-\(UInt64.random(in: 0...UInt64.max))", recentLimit: "16M").cached(sum, as: "add")
            },
            .blocking("cache_miss/files") {
                try Stopwatch.sample(operations: misses, checksum: { _ in UInt64(misses) }) {
                    for number in 0..<misses { try PlainFile.appear(Scratch.path("plain-\(number)")) }
                }
            },
            .blocking("cache_hit_64m/ours") {
                let array = (0..<arrayCount).map(Double.init)
                let count = try memory("arrays", recentLimit: "16M").cached(count, as: "count")
                _ = try count(array)
                return try Stopwatch.sample(operations: 5, checksum: checksum) {
                    try (0..<5).map { _ in try count(array) }
                }
            },
        ]
    }

    private static func hits(_ name: String, calls: Int, _ memory: @escaping @Sendable () throws -> Memory) -> Variant {
        .blocking(name) {
            let add = try filled(memory())
            return try Stopwatch.sample(operations: calls, checksum: checksum) {
                try (0..<calls).map { try add($0 % known, 1) }
            }
        }
    }

    private static func missed(
        _ name: String,
        _ function: @escaping @Sendable () throws -> CachedFunction<Int, Int, Int>
    ) -> Variant {
        .blocking("cache_miss/\(name)") {
            let add = try function()
            // Never one that is there.
            let first = Int.random(in: 1 << 20..<1 << 60)
            return try Stopwatch.sample(operations: misses, checksum: { UInt64($0.count) }) {
                try (0..<misses).map { try add(first + $0, 1) }
            }
        }
    }

    private static func filled(_ memory: Memory) throws -> CachedFunction<Int, Int, Int> {
        let add = memory.cached(sum, as: "add")
        for number in 0..<known { _ = try add(number, 1) }
        return add
    }

    private static func memory(_ name: String, recentLimit: ByteCount) throws -> Memory {
        try Memory(location: Scratch.path(name), verbose: 0, recentLimit: recentLimit)
    }

    @Sendable private static func sum(_ a: Int, _ b: Int) -> Int { a + b }

    @Sendable private static func count(_ array: [Double]) -> Int { array.count }
}
