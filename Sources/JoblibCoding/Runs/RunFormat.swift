/// What the numbers of a raw run are: their type, and how many make one element.
package struct RunFormat: Sendable, Hashable {
    /// The type of one number; the raw value is the one on the wire.
    package enum Scalar: UInt8, Sendable, Hashable, CaseIterable {
        case bool
        case int8
        case int16
        case int32
        case int64
        case uint8
        case uint16
        case uint32
        case uint64
        case float
        case double

        package var size: Int {
            switch self {
            case .bool, .int8, .uint8: 1
            case .int16, .uint16: 2
            case .int32, .uint32, .float: 4
            case .int64, .uint64, .double: 8
            }
        }
    }

    package var scalar: Scalar

    /// The lanes of a SIMD element, a power of two; 1 for a plain number.
    package var lanes: Int

    package init(_ scalar: Scalar, lanes: Int = 1) {
        self.scalar = scalar
        self.lanes = lanes
    }

    /// Bytes of one element.
    package var stride: Int { scalar.size * lanes }

    /// The byte that stands for this format on the wire: the scalar in five bits, the lanes as a power of two in three.
    var code: UInt8 { UInt8(lanes.trailingZeroBitCount) << 5 | scalar.rawValue }

    init?(code: UInt8) {
        guard let scalar = Scalar(rawValue: code & 0x1f), code >> 5 <= 6 else { return nil }
        self.init(scalar, lanes: 1 << Int(code >> 5))
    }
}
