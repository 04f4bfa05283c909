/// The block function of Philox4x64-10, a counter-based generator: four words out of a counter and a key.
///
/// J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw: Parallel Random Numbers: As Easy as 1, 2, 3. SC '11.
/// <https://doi.org/10.1145/2063384.2063405>
///
/// Any two counters give independent blocks, so a stream is a range of counters and needs no seeding of its own.
enum Philox {
    private static let rounds = 10
    private static let multipliers: (UInt64, UInt64) = (0xD2E7_470E_E14C_6C93, 0xCA5A_8263_9512_1157)
    // The golden ratio and the square root of 3, less 1, as 64-bit fractions.
    private static let weyl: (UInt64, UInt64) = (0x9E37_79B9_7F4A_7C15, 0xBB67_AE85_84CA_A73B)

    @inline(__always)
    static func block(counter: SIMD4<UInt64>, key: SIMD2<UInt64>) -> SIMD4<UInt64> {
        var (a, b, c, d) = (counter.x, counter.y, counter.z, counter.w)
        var (k, l) = (key.x, key.y)
        for _ in 0..<rounds {
            let first = multipliers.0.multipliedFullWidth(by: a)
            let second = multipliers.1.multipliedFullWidth(by: c)
            (a, b, c, d) = (second.high ^ b ^ k, second.low, first.high ^ d ^ l, first.low)
            k &+= weyl.0
            l &+= weyl.1
        }
        return SIMD4(a, b, c, d)
    }
}
