import BenchmarkServing
import JoblibParallel

/// 1,000 tasks that each block their thread for 10 ms, 100 at a time: at best 100 ms.
enum BlockingTasks {
    static var variants: [Variant] {
        [
            .blocking("blocking_1000/ours") {
                try Stopwatch.sample(operations: 1000, checksum: checksum) {
                    try Parallel(jobs: 100).map(0..<1000) { index in
                        Settings.block(milliseconds: 10)
                        return index
                    }
                }
            }
        ]
    }
}
