extension NumPyType {
    /// Whether some numbers of this type are numbers of the other one too, going by their kind.
    package func converts(to other: NumPyType) -> Bool {
        switch (kind, other.kind) {
        case (.boolean, .boolean), (.real, .real): true
        case (.integer, .integer), (.integer, .unsigned), (.integer, .real): true
        case (.unsigned, .integer), (.unsigned, .unsigned), (.unsigned, .real): true
        default: false
        }
    }

    /// The number whose bytes begin at `offset`; this type must be one of numbers.
    package func number(in bytes: UnsafeRawBufferPointer, at offset: Int) -> NumPyNumber {
        var bits: UInt64 = 0
        for index in 0..<itemSize {
            let shift = 8 * (isBigEndian ? itemSize - 1 - index : index)
            unsafe bits |= UInt64(bytes[offset + index]) << shift
        }
        switch kind {
        case .boolean: return .boolean(bits != 0)
        case .unsigned: return .unsigned(bits)
        case .integer:
            let unused = 64 - 8 * itemSize
            return .integer(Int64(bitPattern: bits << unused) >> unused)
        case .real where itemSize == 2: return .real(Self.half(UInt16(truncatingIfNeeded: bits)))
        case .real where itemSize == 4: return .real(Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))))
        case .real where itemSize == 8: return .real(Double(bitPattern: bits))
        default: preconditionFailure("\(self) is no number")
        }
    }

    /// The value of a `float16` (IEEE 754 binary16), also where Swift has no such type.
    static func half(_ bits: UInt16) -> Double {
        let sign: FloatingPointSign = bits >> 15 == 0 ? .plus : .minus
        let exponent = Int(bits >> 10 & 0x1f)
        let fraction = Double(bits & 0x3ff)
        switch exponent {
        case 0: return Double(sign: sign, exponent: -24, significand: fraction)
        case 31: return fraction == 0 ? (sign == .plus ? .infinity : -.infinity) : .nan
        default: return Double(sign: sign, exponent: exponent - 25, significand: 1024 + fraction)
        }
    }
}
