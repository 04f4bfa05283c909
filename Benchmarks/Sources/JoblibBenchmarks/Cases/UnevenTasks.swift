import BenchmarkServing
import JoblibParallel

/// 64 tasks, one of them a hundred times longer: first, in the middle, last. The longest task alone takes 100 units and
/// all together 163, so no schedule on two threads is faster than 100 units.
enum UnevenTasks {
    static var variants: [Variant] {
        [("uneven_first", 0), ("uneven_middle", 32), ("uneven_last", 63)].flatMap { name, position in
            let weights = Work.unevenWeights(longAt: position)
            let calls = weights.map { delayed(spin)($0) }
            return [
                Variant.blocking("\(name)/ours") {
                    try sample { try Parallel(jobs: Settings.jobCount).map(weights) { spin($0) } }
                },
                .blocking("\(name)/ours_delayed") {
                    try sample { try Parallel(jobs: Settings.jobCount)(calls) }
                },
                .blocking("\(name)/swift_plain") {
                    sample { weights.map { spin($0) } }
                },
                .blocking("\(name)/concurrentPerform") {
                    sample { performed(weights) }
                },
                .suspending("\(name)/TaskGroup") {
                    await Stopwatch.sample(operations: 64, checksum: checksum) { await grouped(weights) }
                },
            ]
        }
    }

    private static func sample(_ work: () throws -> [UInt64]) rethrows -> Sample {
        try Stopwatch.sample(operations: 64, checksum: checksum, work)
    }

    @Sendable
    private static func spin(_ weight: Int) -> UInt64 {
        Work.mix(UInt64(weight), rounds: weight * Work.unevenUnit)
    }

    private static func performed(_ weights: [Int]) -> [UInt64] {
        Reference.performed(weights, piecesOf: 1) { spin($0) }
    }

    private static func grouped(_ weights: [Int]) async -> [UInt64] {
        await withTaskGroup(of: (Int, UInt64).self) { group in
            for (index, weight) in weights.enumerated() {
                group.addTask { (index, spin(weight)) }
            }
            var result = [UInt64](repeating: 0, count: weights.count)
            for await (index, value) in group {
                result[index] = value
            }
            return result
        }
    }
}
