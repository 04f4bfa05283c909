import Joblib

@Sendable func same(_ x: Int) -> Int { x }

@main
struct Perf {
    static func measure(_ name: String, per count: Int, _ rounds: Int = 7, _ body: () throws -> Void) rethrows {
        let clock = ContinuousClock()
        var times: [Double] = []
        for _ in 0..<rounds {
            let t = try clock.measure { try body() }
            times.append(Double(t.components.attoseconds) / 1e9 / Double(count) + Double(t.components.seconds) * 1e9 / Double(count))
        }
        times.sort()
        print(name, "min", times[0] / 1000, "median", times[rounds / 2] / 1000, "us")
    }
    static func main() throws {
        let args = CommandLine.arguments
        let p = Parallel(jobs: 2, backend: .processes)
        let only = args.count > 1 ? args[1] : ""
        try measure("cold", per: 1, 1) { _ = try p.map(0..<2) { $0 } }
        if only == "cold" { return }
        if only == "warm" || only == "" {
        try measure("warm 2", per: 200) { for _ in 0..<200 { _ = try p.map(0..<2) { $0 } } }
        try measure("warm 2 calls", per: 200) { for _ in 0..<200 { _ = try p([delayed(same)(1), delayed(same)(2)]) } }
        }
        let one = Parallel(jobs: 2, backend: .processes, batchSize: 1)
        if only == "one" || only == "" {
        try measure("batch 1", per: 20000) { _ = try one.map(0..<20000) { $0 } }
        }
        if only == "" || only == "all" {
        let all = Parallel(jobs: 2, backend: .processes, preDispatch: .all, batchSize: 1)
        try measure("batch 1 all", per: 20000) { _ = try all.map(0..<20000) { $0 } }
        try measure("batch 1 calls", per: 20000) { _ = try one((0..<20000).map { delayed(same)($0) }) }
        }
        if only == "" || only == "auto" {
        let xs = (0..<1_000_000).map(Double.init)
        try measure("auto doubles", per: 1_000_000) { _ = try p.map(xs) { $0.squareRoot() } }
        try measure("auto doubles lazily", per: 1_000_000) { _ = try p.map((0..<1_000_000).lazy.map(Double.init)) { $0.squareRoot() } }
        }
        if only == "" || only == "big" {
        try p.withPool { p in
            let big = [Double](repeating: 1, count: 64 << 20)
            for _ in 0..<3 {
                try measure("512 MB shared 8 tasks, ms", per: 1000, 1) { _ = try p.map(0..<8, sharing: big) { i, s in s.withUnsafeBufferPointer { var t = 0.0; for x in $0 { t += x }; return t } } }
            }
            let t = Parallel(jobs: 2)
            try measure("threads, ms", per: 1000, 3) { _ = try t.map(0..<8, sharing: big) { i, s in s.withUnsafeBufferPointer { var t = 0.0; for x in $0 { t += x }; return t } } }
        }
        try measure("8 x 64 MB results, ms", per: 1000, 5) { _ = try p.map(0..<8) { i in [Double](repeating: Double(i), count: 8 << 20) }.count }
        }
    }
}
