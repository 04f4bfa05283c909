/// One timed run of one variant.
public struct Sample: Sendable {
    public var nanoseconds: Int
    /// How many items, calls or tasks the time covers.
    public var operations: Int
    /// Equal for every variant of a case that did the same number of operations, in every language.
    public var checksum: UInt64

    public init(nanoseconds: Int, operations: Int, checksum: UInt64) {
        self.nanoseconds = nanoseconds
        self.operations = operations
        self.checksum = checksum
    }

    /// A figure that is no time, such as bytes: it takes the place of the nanoseconds.
    public init(amount: Int, operations: Int, checksum: UInt64) {
        self.init(nanoseconds: amount, operations: operations, checksum: checksum)
    }

    /// The answer to `RUN name`.
    public func line(for name: String) -> String {
        "\(name) \(nanoseconds) \(operations) \(checksum)"
    }
}
