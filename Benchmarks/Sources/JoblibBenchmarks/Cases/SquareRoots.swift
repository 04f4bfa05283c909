import BenchmarkServing
import JoblibParallel

/// `map` of a square root: 1M and 10M items, where bandwidth and vectorising show, and 10k, where starting threads costs
/// more than the whole work.
enum SquareRoots {
    static var variants: [Variant] {
        sized("sqrt_1m", count: 1_000_000, repeats: 40)
            + sized("sqrt_10m", count: 10_000_000, repeats: 4)
            + sized("cheap_10k", count: 10_000, repeats: 400)
    }

    private static func sized(_ name: String, count: Int, repeats: Int) -> [Variant] {
        let input = Lazy { (0..<count).map(Double.init) }
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
            taskGroup(name, input, count: count, repeats: repeats),
        ]
    }

    /// For a large output the main thread allocates and waits: glibc gives the other threads 80 MB only as fresh pages each
    /// time, so the figure would be that of page faults. Small ones are allocated where they are used, as waking the main
    /// thread would cost more than the work.
    private static func taskGroup(_ name: String, _ input: Lazy<[Double]>, count: Int, repeats: Int) -> Variant {
        guard count < 1_000_000 else {
            return .blocking("\(name)/TaskGroup") {
                let values = input.value
                return try Stopwatch.repeated(repeats, operations: count, checksum: \.checksum) {
                    let storage = Storage<Double>(uninitializedCount: count)
                    try Bridge.run { await grouped(values, into: storage) }
                    return storage
                }
            }
        }
        return .suspending("\(name)/TaskGroup") {
            let values = input.value
            return await Stopwatch.repeated(repeats, operations: count, checksum: \.checksum) {
                let storage = Storage<Double>(uninitializedCount: count)
                await grouped(values, into: storage)
                return storage
            }
        }
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

    @inline(never)
    private static func grouped(_ values: [Double], into storage: Storage<Double>) async {
        await Reference.grouped(values, into: storage) { $0.squareRoot() }
    }
}
