/// The levels of a method.
struct CompressionLevel {
    let method: String
    let range: ClosedRange<Int>
    let standard: Int

    /// The level as the method's library takes it.
    func checked(_ level: Int?) throws(JoblibError) -> Int32 {
        let level = level ?? standard
        guard range.contains(level) else { throw JoblibError.unknownLevel(level, of: method, range: range) }
        return Int32(level)
    }
}
