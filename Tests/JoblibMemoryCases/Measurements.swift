import JoblibMemory
import JoblibParallel
import JoblibSystem

/// Prints how long the cache takes, in a directory of its own in the one that is given. Build it for release.
enum Measurements {
    static func run(in directory: String, only part: String?) throws {
        let path = "\(directory)/joblib-measure-\(CurrentProcess.identifier)"
        defer { try? Memory(location: path, verbose: 0).clear() }
        if part == nil || part == "hashes" { try hashes() }
        if part == nil || part == "hits" { try hits(path) }
        if part == nil || part == "arrays" { try arrays(path) }
        if part == nil || part == "limits" { try limits(path) }
    }

    private static func hashes() throws {
        let array = (0..<(64 << 20)).map { Double($0) }
        for _ in 0..<3 {
            let time = try seconds { _ = try hash(of: array) }
            print("hash of 512 MiB: \(HumanText.number(0.536_870_912 / time)) GB/s")
        }
        report("hash of a small value", try each(20_000) { _ in _ = try hash(of: [1, 2, 3]) })
    }

    private static func hits(_ path: String) throws {
        let memory = try Memory(location: path, verbose: 0)
        let plain = try Memory(location: path, verbose: 0, recentLimit: 0)
        let add = memory.cached({ (a: Int, b: Int) in a + b }, as: "add")
        let read = plain.cached({ (a: Int, b: Int) in a + b }, as: "add")
        report("miss, small", try each(2000) { _ = try add($0, 1) })
        report("hit in memory, small", try each(200_000) { _ = try add($0 & 1023, 1) })
        report("hit from disk, small", try each(20_000) { _ = try read($0 & 1023, 1) })
        report("isCached in memory", each(20_000) { _ = add.isCached($0 & 1023, 1) })
        let text = memory.cached({ (name: String, options: [String: Int]) in name.count + options.count }, as: "text")
        report("hit in memory, text and dictionary", try each(20_000) { _ in _ = try text("name", ["a": 1, "b": 2]) })
    }

    private static func arrays(_ path: String) throws {
        let memory = try Memory(location: path, verbose: 0)
        let array = (0..<(8 << 20)).map { Double($0) }
        let sum = memory.cached({ (array: [Double]) in array.count }, as: "sum")
        _ = try sum(array)
        report("hit, argument of 64 MiB", try each(10) { _ in _ = try sum(array) })
        let make = memory.cached({ (count: Int) in [Double](repeating: 1, count: count) }, as: "make")
        report("miss, result of 64 MiB", try each(1) { _ in _ = try make(8 << 20) })
        report("hit, result of 64 MiB", try each(5) { _ in _ = try make(8 << 20) })
        let map = memory.cached({ (count: Int) in [Double](repeating: 1, count: count) }, as: "make", mapped: true)
        report("hit, result of 64 MiB, mapped", try each(50) { _ in _ = try map(8 << 20) })
    }

    private static func limits(_ path: String) throws {
        let many = 10_000
        let free = try Memory(location: path + "/free", verbose: 0).cached({ (a: Int) in a }, as: "free")
        report("write, no limit", try each(many) { _ = try free($0) })
        let memory = try Memory(location: path + "/limits", itemLimit: 2 * many, verbose: 0)
        let under = memory.cached({ (a: Int) in a }, as: "under")
        report("write, under a limit", try each(many) { _ = try under($0) })
        let small = try Memory(location: path + "/tight", itemLimit: 1000, verbose: 0)
        let tight = small.cached({ (a: Int) in a }, as: "tight")
        report("write, evicting one each", try each(many) { _ = try tight($0) })
        let again = try Memory(location: path + "/limits", itemLimit: 2 * many, verbose: 0)
        let first = again.cached({ (a: Int) in a }, as: "under")
        report("first write with an index of \(many)", try each(1) { _ in _ = try first(-1) })
        try Memory(location: path + "/free", verbose: 0).clear()
        try Memory(location: path + "/limits", verbose: 0).clear()
        try Memory(location: path + "/tight", verbose: 0).clear()
    }

    private static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let start = MonotonicClock.now
        try body()
        return Double(MonotonicClock.now - start) / 1e9
    }

    private static func each(_ count: Int, _ body: (Int) throws -> Void) rethrows -> Double {
        try seconds { for index in 0..<count { try body(index) } } / Double(count)
    }

    private static func report(_ what: String, _ seconds: Double) {
        print("\(what): \(HumanText.number(seconds * 1e6)) µs")
    }
}
