/// A value whose bits can be summed; the sum wraps, so it does not depend on the order and is the same in every language.
public protocol Checksummed: Sendable {
    var checksumBits: UInt64 { get }
}

extension Double: Checksummed {
    @inlinable public var checksumBits: UInt64 { bitPattern }
}

extension Int: Checksummed {
    @inlinable public var checksumBits: UInt64 { UInt64(bitPattern: Int64(self)) }
}

extension UInt64: Checksummed {
    @inlinable public var checksumBits: UInt64 { self }
}

@inlinable
public func checksum(_ values: [some Checksummed]) -> UInt64 {
    values.reduce(0) { $0 &+ $1.checksumBits }
}
