import BenchmarkServing
import JoblibParallel

/// A `map` of two trivial items: what one call costs. `pair` makes the calls one after another, so that threads are still
/// awake; `pair_spaced` rests before each, as a program that calls now and then does, and counts the call alone.
enum Pairs {
    static var variants: [Variant] {
        let values = [1.0, 4.0]
        let calls = 1000
        let spacedCalls = 50
        return [
            .blocking("pair/ours") {
                try Stopwatch.repeated(calls, operations: 1, checksum: checksum) { try ours(values) }
            },
            .blocking("pair/swift_plain") {
                Stopwatch.repeated(calls, operations: 1, checksum: checksum) { plain(values) }
            },
            .blocking("pair/concurrentPerform") {
                Stopwatch.repeated(calls, operations: 1, checksum: checksum) { performed(values) }
            },
            .suspending("pair/TaskGroup") {
                await Stopwatch.repeated(calls, operations: 1, checksum: checksum) { await grouped(values) }
            },
            .blocking("pair_spaced/ours") { try spaced(spacedCalls) { try ours(values) } },
            .blocking("pair_spaced/swift_plain") { spaced(spacedCalls) { plain(values) } },
            .blocking("pair_spaced/concurrentPerform") { spaced(spacedCalls) { performed(values) } },
            .suspending("pair_spaced/TaskGroup") {
                var total = Sample(nanoseconds: 0, operations: spacedCalls, checksum: 0)
                for _ in 0..<spacedCalls {
                    try await Task.sleep(for: .milliseconds(2))
                    let one = await Stopwatch.sample(operations: 1, checksum: checksum) { await grouped(values) }
                    total.nanoseconds += one.nanoseconds
                    total.checksum = one.checksum
                }
                return total
            },
        ]
    }

    private static func spaced(_ calls: Int, _ work: () throws -> [Double]) rethrows -> Sample {
        var total = Sample(nanoseconds: 0, operations: calls, checksum: 0)
        for _ in 0..<calls {
            Settings.block(milliseconds: 2)
            let one = try Stopwatch.sample(operations: 1, checksum: checksum) { try work() }
            total.nanoseconds += one.nanoseconds
            total.checksum = one.checksum
        }
        return total
    }

    @inline(never)
    private static func ours(_ values: [Double]) throws -> [Double] {
        try Parallel(jobs: Settings.jobCount).map(values) { $0.squareRoot() }
    }

    @inline(never)
    private static func plain(_ values: [Double]) -> [Double] {
        Reference.plain(values) { $0.squareRoot() }
    }

    @inline(never)
    private static func performed(_ values: [Double]) -> [Double] {
        Reference.performed(values) { $0.squareRoot() }
    }

    /// A child for each item, as one writes it for two items.
    @inline(never)
    private static func grouped(_ values: [Double]) async -> [Double] {
        await withTaskGroup(of: (Int, Double).self) { group in
            for (index, value) in values.enumerated() {
                group.addTask { (index, value.squareRoot()) }
            }
            var result = [Double](repeating: 0, count: values.count)
            for await (index, root) in group {
                result[index] = root
            }
            return result
        }
    }
}
