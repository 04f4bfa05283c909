import BenchmarkServing
import JoblibParallel

/// Calls with worker processes whose tasks do next to nothing: what the first call of a program costs, a call of two tasks,
/// a task by itself and a task of an automatic batch.
enum ProcessCalls {
    static var variants: [Variant] {
        let pairCalls = 500
        let singles = 20_000
        let roots = 1_000_000
        let input = Lazy { (0..<roots).map(Double.init) }
        return [
            // The driver runs this in a process of its own.
            .blocking("process_cold/ours") {
                try Stopwatch.sample(operations: 1, checksum: checksum) { try pair() }
            },
            .blocking("process_pair/ours") {
                try Stopwatch.repeated(pairCalls, operations: 1, checksum: checksum) { try pair() }
            },
            .blocking("process_single/ours") {
                let parallel = Parallel(jobs: Settings.jobCount, backend: .processes, batchSize: 1)
                _ = try pair()
                return try Stopwatch.sample(operations: singles, checksum: checksum) {
                    try parallel.map(0..<singles) { Work.triple($0) }
                }
            },
            .blocking("process_single/ours_all") {
                let parallel = Parallel(
                    jobs: Settings.jobCount,
                    backend: .processes,
                    preDispatch: .all,
                    batchSize: 1
                )
                _ = try pair()
                return try Stopwatch.sample(operations: singles, checksum: checksum) {
                    try parallel.map(0..<singles) { Work.triple($0) }
                }
            },
            .blocking("process_auto/ours") {
                let values = input.value
                _ = try pair()
                return try Stopwatch.sample(operations: roots, checksum: checksum) {
                    try Parallel(jobs: Settings.jobCount, backend: .processes).map(values) { $0.squareRoot() }
                }
            },
        ]
    }

    @inline(never)
    private static func pair() throws -> [Int] {
        try Parallel(jobs: Settings.jobCount, backend: .processes).map(0..<2) { Work.triple($0) }
    }
}
