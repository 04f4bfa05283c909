/// A value whose bits can be summed; the sum wraps, so it does not depend on the order and is the same in every language.
protocol Checksummed: Sendable {
    var checksumBits: UInt64 { get }
}

extension Double: Checksummed {
    var checksumBits: UInt64 { bitPattern }
}

extension Int: Checksummed {
    var checksumBits: UInt64 { UInt64(bitPattern: Int64(self)) }
}

extension UInt64: Checksummed {
    var checksumBits: UInt64 { self }
}

func checksum(_ values: [some Checksummed]) -> UInt64 {
    values.reduce(0) { $0 &+ $1.checksumBits }
}
