import BenchmarkServing

/// As `JoblibBenchmarks`, for what is kept: results in a cache, values in files and as bytes. A program of its own, as the
/// libraries that hashing needs would weigh on the start of worker processes that the other one measures.
@main enum JoblibStorageBenchmarks {
    static func main() throws {
        let variants =
            CachedCalls.variants + CacheLimits.variants + ArrayFiles.variants + MappedFiles.variants + Hashes.variants
            + Structures.variants
        defer { Scratch.remove() }
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.isEmpty {
            try Server(variants: variants).run()
        } else if arguments.count == 2, arguments.first == "once", let name = arguments.last {
            Server(variants: variants).runOnce(name)
        } else {
            print("usage: JoblibStorageBenchmarks [once CASE/VARIANT]")
        }
    }
}
