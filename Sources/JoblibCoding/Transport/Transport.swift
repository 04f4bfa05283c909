/// Turns values into the bytes that travel between a program and its workers, and back.
///
/// Both sides use the same transport. A transport of one's own:
///
/// ```swift
/// struct Plist: Transport {
///     func encode<T: Encodable>(_ value: T) throws -> [UInt8] { try [UInt8](PropertyListEncoder().encode(value)) }
///     func decode<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) throws -> T {
///         try PropertyListDecoder().decode(type, from: Data(bytes))
///     }
/// }
/// ```
public protocol Transport: Sendable {
    /// The bytes of `value`, which may be of any type that conforms to `Encodable`.
    func encode<T: Encodable>(_ value: T) throws -> [UInt8]

    /// The value that `encode` made `bytes` from.
    func decode<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) throws -> T
}

/// The compact binary format of this module.
public struct BinaryTransport: Transport {
    package var limits: CodingLimits

    package init(limits: CodingLimits = CodingLimits()) {
        self.limits = limits
    }

    public func encode<T: Encodable>(_ value: T) throws -> [UInt8] {
        try BinaryEncoder(limits: limits).encode(value)
    }

    public func decode<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) throws -> T {
        try BinaryDecoder(limits: limits).decode(type, from: bytes)
    }
}

extension Transport where Self == BinaryTransport {
    /// Compact and fast; numbers come back bit for bit.
    public static var binary: BinaryTransport { BinaryTransport() }
}
