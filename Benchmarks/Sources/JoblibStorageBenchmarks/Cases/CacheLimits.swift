import BenchmarkServing
import JoblibMemory

/// Misses in a cache that holds 10,000 results: as many as it may, so that each result evicts another, or far fewer than it may.
enum CacheLimits {
    private static let kept = 10_000
    private static let calls = 500

    static var variants: [Variant] {
        [
            limited("ours", limit: kept),
            limited("ours_below_limit", limit: 10 * kept),
            .blocking("cache_limit_10k/files") {
                let names = (0..<2 * calls).map { Scratch.path("kept-\($0)") }
                for name in names.prefix(calls) { try PlainFile.appear(name) }
                return try Stopwatch.sample(operations: calls, checksum: { _ in UInt64(calls) }) {
                    for number in 0..<calls {
                        try PlainFile.appear(names[number + calls])
                        try PlainFile.remove(names[number])
                    }
                }
            },
        ]
    }

    private static func limited(_ name: String, limit: Int) -> Variant {
        let opened = Lazy {
            Result {
                let memory = try Memory(location: Scratch.path(name), itemLimit: limit, verbose: 0)
                let add = memory.cached({ (a: Int, b: Int) in a + b }, as: "add")
                for number in 0..<kept { _ = try add(number, 1) }
                return (memory, add)
            }
        }
        return .blocking("cache_limit_10k/\(name)") {
            let (memory, add) = try opened.value.get()
            // Further and further down: never one that is there.
            let first = -memory.statistics.misses
            let sample = try Stopwatch.sample(operations: calls, checksum: { UInt64($0.count) }) {
                try (0..<calls).map { try add(first - $0, 1) }
            }
            guard memory.entries().count <= limit else { throw ScratchFailure(text: "the limit does not hold") }
            return sample
        }
    }
}
