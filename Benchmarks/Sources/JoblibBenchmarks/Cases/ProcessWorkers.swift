import BenchmarkServing
import JoblibParallel

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// One worker process: how long it takes until a new one has done a first task, and how much memory it holds then.
enum ProcessWorkers {
    static var variants: [Variant] {
        let starts = 5
        let start = Variant.blocking("process_start/ours") {
            _ = try answer()
            var total = Sample(nanoseconds: 0, operations: starts, checksum: 0)
            for _ in 0..<starts {
                let one = try answer()
                total.nanoseconds += one.nanoseconds
                total.checksum = one.checksum
            }
            return total
        }
        #if os(Linux)
        return [
            start,
            .blocking("process_start_memory/ours") { try memory("VmRSS") },
            .blocking("process_start_memory/ours_anon") { try memory("RssAnon") },
        ]
        #else
        return [start]
        #endif
    }

    /// A trivial task in a pool that has no worker yet; ending the worker is not timed.
    private static func answer() throws -> Sample {
        try Parallel(jobs: Settings.jobCount, backend: .processes).withPool { pool in
            try Stopwatch.sample(operations: 1, checksum: checksum) { try pool.map(0..<1) { Work.triple($0) } }
        }
    }

    #if os(Linux)
    private static func memory(_ field: String) throws -> Sample {
        try Parallel(jobs: Settings.jobCount, backend: .processes).withPool { pool in
            let answers = try pool.map(0..<1) { [Work.triple($0), Int(getpid())] }
            let worker = answers[0][1]
            guard worker != Int(getpid()) else {
                throw StatusFailure(text: "the task did not run in a worker")
            }
            let bytes = try ProcessStatus.bytes(of: field, process: worker)
            return Sample(amount: bytes, operations: 1, checksum: answers[0][0].checksumBits)
        }
    }
    #endif
}
