import BenchmarkServing
import JoblibParallel

/// 100,000 trivial calls, made beforehand with `delayed`: what a task costs beyond its work.
enum ManyCalls {
    static var variants: [Variant] {
        let count = 100_000
        let calls = Lazy { (0..<count).map { delayed(Work.triple)($0) } }
        return [
            .blocking("calls_100k/ours") {
                let calls = calls.value
                return try sample(count) { try Parallel(jobs: Settings.jobCount)(calls) }
            },
            .suspending("calls_100k/TaskGroup") {
                await Stopwatch.repeated(1, operations: count, checksum: checksum) { await grouped(count) }
            },
            .blocking("calls_100k/swift_plain") { sample(count) { (0..<count).map { Work.triple($0) } } },
            .blocking("calls_100k_1job/ours") {
                let calls = calls.value
                return try sample(count) { try Parallel(jobs: 1)(calls) }
            },
            .blocking("calls_100k_1job/swift_plain") { sample(count) { (0..<count).map { Work.triple($0) } } },
        ]
    }

    private static func sample(_ count: Int, _ work: () throws -> [Int]) rethrows -> Sample {
        try Stopwatch.repeated(1, operations: count, checksum: checksum, work)
    }

    private static func grouped(_ count: Int) async -> [Int] {
        await withTaskGroup(of: (Int, Int).self) { group in
            for index in 0..<count {
                group.addTask { (index, Work.triple(index)) }
            }
            var result = [Int](repeating: 0, count: count)
            for await (index, value) in group {
                result[index] = value
            }
            return result
        }
    }
}
