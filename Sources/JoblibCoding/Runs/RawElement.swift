/// A number whose bytes in memory are its bytes on the wire.
///
/// Conforming types have no padding, no pointers and, `Bool` apart, a value for every pattern of bits.
package protocol RawElement: Sendable {
    static var format: RunFormat { get }
}

/// A ``RawElement`` that can be a lane of a SIMD vector.
package protocol RawScalar: RawElement {}

extension Bool: RawElement {
    package static var format: RunFormat { RunFormat(.bool) }
}
extension Int8: RawScalar {
    package static var format: RunFormat { RunFormat(.int8) }
}
extension Int16: RawScalar {
    package static var format: RunFormat { RunFormat(.int16) }
}
extension Int32: RawScalar {
    package static var format: RunFormat { RunFormat(.int32) }
}
extension Int64: RawScalar {
    package static var format: RunFormat { RunFormat(.int64) }
}
extension Int: RawScalar {
    package static var format: RunFormat { RunFormat(MemoryLayout<Int>.size == 8 ? .int64 : .int32) }
}
extension UInt8: RawScalar {
    package static var format: RunFormat { RunFormat(.uint8) }
}
extension UInt16: RawScalar {
    package static var format: RunFormat { RunFormat(.uint16) }
}
extension UInt32: RawScalar {
    package static var format: RunFormat { RunFormat(.uint32) }
}
extension UInt64: RawScalar {
    package static var format: RunFormat { RunFormat(.uint64) }
}
extension UInt: RawScalar {
    package static var format: RunFormat { RunFormat(MemoryLayout<UInt>.size == 8 ? .uint64 : .uint32) }
}
extension Float: RawScalar {
    package static var format: RunFormat { RunFormat(.float) }
}
extension Double: RawScalar {
    package static var format: RunFormat { RunFormat(.double) }
}

// SIMD3 is not here: its fourth lane is padding.
extension SIMD2: RawElement where Scalar: RawScalar {
    package static var format: RunFormat { RunFormat(Scalar.format.scalar, lanes: 2) }
}
extension SIMD4: RawElement where Scalar: RawScalar {
    package static var format: RunFormat { RunFormat(Scalar.format.scalar, lanes: 4) }
}
extension SIMD8: RawElement where Scalar: RawScalar {
    package static var format: RunFormat { RunFormat(Scalar.format.scalar, lanes: 8) }
}
extension SIMD16: RawElement where Scalar: RawScalar {
    package static var format: RunFormat { RunFormat(Scalar.format.scalar, lanes: 16) }
}
extension SIMD32: RawElement where Scalar: RawScalar {
    package static var format: RunFormat { RunFormat(Scalar.format.scalar, lanes: 32) }
}
extension SIMD64: RawElement where Scalar: RawScalar {
    package static var format: RunFormat { RunFormat(Scalar.format.scalar, lanes: 64) }
}
