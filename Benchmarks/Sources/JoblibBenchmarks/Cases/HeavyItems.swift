import BenchmarkServing
import JoblibParallel

/// `map` of a 200 ns function over 100,000 items: how near two threads come to twice as fast.
enum HeavyItems {
    static var variants: [Variant] {
        let count = 100_000
        let input = Lazy { (0..<UInt64(count)).map { $0 } }
        return [
            .blocking("heavy_100k/ours") {
                let values = input.value
                return try Stopwatch.repeated(2, operations: count, checksum: checksum) { try ours(values) }
            },
            .blocking("heavy_100k/swift_plain") {
                let values = input.value
                return Stopwatch.repeated(2, operations: count, checksum: checksum) { plain(values) }
            },
            .blocking("heavy_100k/concurrentPerform") {
                let values = input.value
                return Stopwatch.repeated(2, operations: count, checksum: checksum) { performed(values) }
            },
            .suspending("heavy_100k/TaskGroup") {
                let values = input.value
                return await Stopwatch.repeated(2, operations: count, checksum: \.checksum) { await grouped(values) }
            },
        ]
    }

    @inline(never)
    private static func ours(_ values: [UInt64]) throws -> [UInt64] {
        try Parallel(jobs: Settings.jobCount).map(values) { Work.mix($0, rounds: Work.heavyRounds) }
    }

    @inline(never)
    private static func plain(_ values: [UInt64]) -> [UInt64] {
        Reference.plain(values) { Work.mix($0, rounds: Work.heavyRounds) }
    }

    @inline(never)
    private static func performed(_ values: [UInt64]) -> [UInt64] {
        Reference.performed(values) { Work.mix($0, rounds: Work.heavyRounds) }
    }

    @inline(never)
    private static func grouped(_ values: [UInt64]) async -> Storage<UInt64> {
        let storage = Storage<UInt64>(uninitializedCount: values.count)
        await Reference.grouped(values, into: storage) { Work.mix($0, rounds: Work.heavyRounds) }
        return storage
    }
}
