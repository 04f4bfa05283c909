import BenchmarkServing
import JoblibParallel

/// `map` of `x &* 3 &+ 7`: a few cycles for eight items when the loop is vectorised, so a lost vectorisation shows.
enum IntegerItems {
    static var variants: [Variant] {
        sized("int_1m", count: 1_000_000, repeats: 16) + sized("cheap_int_10k", count: 10_000, repeats: 400)
    }

    private static func sized(_ name: String, count: Int, repeats: Int) -> [Variant] {
        let input = Lazy { Array(0..<count) }
        return [
            .blocking("\(name)/ours") {
                let values = input.value
                return try Stopwatch.repeated(repeats, operations: count, checksum: checksum) { try ours(values) }
            },
            .blocking("\(name)/swift_plain") {
                let values = input.value
                return Stopwatch.repeated(repeats, operations: count, checksum: checksum) { plain(values) }
            },
            .blocking("\(name)/concurrentPerform") {
                let values = input.value
                return Stopwatch.repeated(repeats, operations: count, checksum: checksum) { performed(values) }
            },
        ]
    }

    @inline(never)
    private static func ours(_ values: [Int]) throws -> [Int] {
        try Parallel(jobs: Settings.jobCount).map(values) { Work.affine($0) }
    }

    @inline(never)
    private static func plain(_ values: [Int]) -> [Int] {
        Reference.plain(values) { Work.affine($0) }
    }

    @inline(never)
    private static func performed(_ values: [Int]) -> [Int] {
        Reference.performed(values) { Work.affine($0) }
    }
}
