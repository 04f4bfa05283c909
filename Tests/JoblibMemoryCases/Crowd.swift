import JoblibMemory
import JoblibSystem

/// One of many processes that use a cache at once, and may be killed at any moment.
///
/// Every call of the function leaves a line in a file: its argument, the process, and whether it began or ended.
enum Crowd {
    static let arguments = 0..<40

    static func run(_ directory: String, calls: String, seed: String) throws {
        let memory = try Memory(location: directory, verbose: 0, recentLimit: 0)
        let journal = try GrowingFile(calls)
        let process = CurrentProcess.identifier
        let slow = memory.cached(
            { (number: Int) -> [Int] in
                try journal.append(Array("begin \(number) \(process)\n".utf8))
                let value = Self.value(number)
                try journal.append(Array("end \(number) \(process)\n".utf8))
                return value
            },
            as: "slow"
        )
        var random = Generator(state: UInt64(seed) ?? 1)
        for _ in 0..<400 {
            let number = Int.random(in: arguments, using: &random)
            guard try slow(number) == Self.value(number) else {
                try journal.append(Array("wrong \(number) \(process)\n".utf8))
                return
            }
        }
        try journal.append(Array("done 0 \(process)\n".utf8))
    }

    /// Takes some milliseconds, so that others meet a call that runs; long results have arrays beside their message.
    static func value(_ number: Int) -> [Int] {
        var sum = number
        for step in 0..<300_000 { sum = sum &* 6_364_136_223_846_793_005 &+ step }
        return Array(repeating: sum, count: number.isMultiple(of: 4) ? 20_000 : 10)
    }

    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            // SplitMix64, Steele et al., "Fast Splittable Pseudorandom Number Generators".
            state &+= 0x9e37_79b9_7f4a_7c15
            var z = state
            z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
            z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
            return z ^ z >> 31
        }
    }
}
