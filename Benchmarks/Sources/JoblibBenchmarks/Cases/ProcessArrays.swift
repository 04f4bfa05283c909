import BenchmarkServing
import JoblibParallel

/// Large arrays on their way to worker processes and back: 512 MiB that all tasks sum, and results of 64 MiB each.
enum ProcessArrays {
    private static let tasks = 8
    private static let sharedCount = 64 << 20
    private static let resultCount = 8 << 20

    static var variants: [Variant] {
        shared("ours") { Parallel(jobs: Settings.jobCount, backend: .processes) }
            + shared("ours_threads") { Parallel(jobs: Settings.jobCount) }
            + results("ours") { Parallel(jobs: Settings.jobCount, backend: .processes) }
            + results("ours_threads") { Parallel(jobs: Settings.jobCount) }
    }

    // MARK: - To the workers

    private static func shared(_ name: String, _ parallel: @escaping @Sendable () -> Parallel) -> [Variant] {
        [
            .blocking("process_shared_first/\(name)") {
                // Made for each sample, as half a gibibyte is too much to keep for the cases after this one.
                let values = (0..<sharedCount).map(Double.init)
                return try parallel().withPool { pool in
                    try start(pool)
                    return try Stopwatch.sample(operations: tasks, checksum: checksum) { try sums(values, pool) }
                }
            },
            .blocking("process_shared_again/\(name)") {
                let values = (0..<sharedCount).map(Double.init)
                return try parallel().withPool { pool in
                    try start(pool)
                    _ = try sums(values, pool)
                    return try Stopwatch.sample(operations: tasks, checksum: checksum) { try sums(values, pool) }
                }
            },
        ]
    }

    /// Both workers, which a task that is over at once would not need.
    private static func start(_ pool: Parallel) throws {
        try pool.forEach(0..<2 * Settings.jobs) { _ in Settings.block(milliseconds: 1) }
    }

    @inline(never)
    private static func sums(_ values: [Double], _ pool: Parallel) throws -> [Double] {
        try pool.map(0..<tasks, sharing: values) { _, values in Work.sum(values) }
    }

    // MARK: - And back

    /// Until the results are there, and until the caller has read all of them: pages that were never looked at cost less.
    private static func results(_ name: String, _ parallel: @escaping @Sendable () -> Parallel) -> [Variant] {
        [
            .blocking("process_results/\(name)") {
                try Stopwatch.sample(operations: tasks, checksum: checksumOfAll) { try arrays(parallel()) }
            },
            .blocking("process_results_read/\(name)") {
                try Stopwatch.sample(operations: tasks, checksum: \.self) { checksumOfAll(try arrays(parallel())) }
            },
        ]
    }

    @inline(never)
    private static func arrays(_ parallel: Parallel) throws -> [[Double]] {
        // Not whole numbers: their lowest bits are all zero, and the sum of as many would wrap to zero, like no result at all.
        try parallel.map(0..<tasks) { [Double](repeating: 1 / Double($0 + 3), count: resultCount) }
    }

    private static func checksumOfAll(_ arrays: [[Double]]) -> UInt64 {
        arrays.reduce(0) { $0 &+ checksum($1) }
    }
}
