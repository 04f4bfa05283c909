import BenchmarkServing
import JoblibParallel

/// A lazy input far larger than what may be held at once; the driver reads the peak memory of the process that ran this.
enum StreamedInput {
    static func sample(count: Int) throws -> Sample {
        try Stopwatch.sample(operations: count, checksum: \.self) { try sum(count: count) }
    }

    private static func sum(count: Int) throws -> UInt64 {
        let input = (0..<count).lazy.map { $0 &+ 1 }
        let results = Parallel(jobs: Settings.jobCount).stream(input, order: .submission) { Work.triple($0) }
        var sum: UInt64 = 0
        while let result = try results.next() {
            sum &+= result.checksumBits
        }
        return sum
    }
}
