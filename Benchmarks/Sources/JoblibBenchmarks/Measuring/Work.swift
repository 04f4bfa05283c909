/// The functions that all peers run, in every language with the same constants.
enum Work {
    /// About 200 ns: a chain of dependent integer steps. Not inlined, else a compiler may vectorise over the items of a
    /// plain loop and the comparison says nothing about scheduling.
    @inline(never)
    static func mix(_ seed: UInt64, rounds: Int) -> UInt64 {
        var x = seed | 1
        for _ in 0..<rounds {
            x ^= x << 13
            x ^= x >> 7
            x ^= x << 17
        }
        return x
    }

    static let heavyRounds = 130
    static let unevenUnit = 300_000

    @inline(__always)
    static func affine(_ x: Int) -> Int {
        x &* 3 &+ 7
    }

    @inline(never)
    static func triple(_ x: Int) -> Int {
        x &* 3 &+ 7
    }

    /// Adds in eight lanes, as fast as memory gives. The sum does not depend on the order, and is that of other languages,
    /// as long as all values are whole numbers and their sum is below 2^53.
    @inline(never)
    static func sum(_ values: [Double]) -> Double {
        let width = 8
        let whole = values.count / width * width
        // Within bounds: the last load ends at `whole` elements, which are not more than there are.
        let lanes = unsafe values.withUnsafeBytes { bytes in
            var lanes = SIMD8<Double>.zero
            for index in stride(from: 0, to: whole, by: width) {
                let offset = index * MemoryLayout<Double>.stride
                unsafe lanes += bytes.loadUnaligned(fromByteOffset: offset, as: SIMD8<Double>.self)
            }
            return lanes
        }
        return values[whole...].reduce(lanes.sum(), +)
    }

    /// 64 tasks of one unit, one of them a hundred times longer.
    static func unevenWeights(longAt position: Int) -> [Int] {
        (0..<64).map { $0 == position ? 100 : 1 }
    }
}
