/// One timed run of one variant.
struct Sample: Sendable {
    var nanoseconds: Int
    /// How many items, calls or tasks the time covers.
    var operations: Int
    /// Equal for every variant of a case that did the same number of operations, in every language.
    var checksum: UInt64

    /// The answer to `RUN name`.
    func line(for name: String) -> String {
        "\(name) \(nanoseconds) \(operations) \(checksum)"
    }
}
