import BenchmarkServing
import JoblibMemory

/// The hash of an array of 512 MiB.
enum Hashes {
    static var variants: [Variant] {
        let known = Lazy { Result { try hash(of: LargeArray.make()) } }
        return [
            .blocking("hash_512m/ours") {
                let (values, known) = (LargeArray.make(), try known.value.get())
                return try Stopwatch.sample(operations: 1, checksum: { $0 == known ? 1 : 0 }) { try hash(of: values) }
            }
        ]
    }
}
