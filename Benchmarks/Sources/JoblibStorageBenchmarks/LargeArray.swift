/// The array of the large cases: 512 MiB.
enum LargeArray {
    static let count = 64 << 20
    static let byteCount = count * 8

    static func make() -> [Double] { (0..<count).map(Double.init) }

    /// The wrapping sum of all bits: a read of everything that takes no time of its own.
    @inline(never) static func sum(_ values: [Double]) -> UInt64 { values.reduce(0) { $0 &+ $1.bitPattern } }
}
