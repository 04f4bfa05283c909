/// The elements of a ``JoblibArray``, one after the other in C order and in this machine's byte order.
enum ArrayStorage: Sendable, Hashable {
    case bool([Bool])
    case int8([Int8])
    case int16([Int16])
    case int32([Int32])
    case int64([Int64])
    case uint8([UInt8])
    case uint16([UInt16])
    case uint32([UInt32])
    case uint64([UInt64])
    case half([Float16])
    case float([Float])
    case double([Double])
    /// Real and imaginary parts in turn.
    case complexFloat([Float])
    /// Real and imaginary parts in turn.
    case complexDouble([Double])
    /// What no type of Swift's stands for: fixed-width bytes and text, extended precision.
    case opaque([UInt8])
}

extension ArrayStorage {
    /// Calls `body` with all bytes.
    func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        // Safe: none of these types has padding, and the arrays outlive the calls.
        switch self {
        case .bool(let elements): try unsafe elements.withUnsafeBytes(body)
        case .int8(let elements): try unsafe elements.withUnsafeBytes(body)
        case .int16(let elements): try unsafe elements.withUnsafeBytes(body)
        case .int32(let elements): try unsafe elements.withUnsafeBytes(body)
        case .int64(let elements): try unsafe elements.withUnsafeBytes(body)
        case .uint8(let elements): try unsafe elements.withUnsafeBytes(body)
        case .uint16(let elements): try unsafe elements.withUnsafeBytes(body)
        case .uint32(let elements): try unsafe elements.withUnsafeBytes(body)
        case .uint64(let elements): try unsafe elements.withUnsafeBytes(body)
        case .half(let elements): try unsafe elements.withUnsafeBytes(body)
        case .float(let elements): try unsafe elements.withUnsafeBytes(body)
        case .double(let elements): try unsafe elements.withUnsafeBytes(body)
        case .complexFloat(let elements): try unsafe elements.withUnsafeBytes(body)
        case .complexDouble(let elements): try unsafe elements.withUnsafeBytes(body)
        case .opaque(let elements): try unsafe elements.withUnsafeBytes(body)
        }
    }

    /// The elements with numbers from `range`, of `size` bytes each.
    func part(_ range: Range<Int>, size: Int) -> ArrayStorage {
        let twice = range.lowerBound * 2..<range.upperBound * 2
        return switch self {
        case .bool(let elements): .bool(Array(elements[range]))
        case .int8(let elements): .int8(Array(elements[range]))
        case .int16(let elements): .int16(Array(elements[range]))
        case .int32(let elements): .int32(Array(elements[range]))
        case .int64(let elements): .int64(Array(elements[range]))
        case .uint8(let elements): .uint8(Array(elements[range]))
        case .uint16(let elements): .uint16(Array(elements[range]))
        case .uint32(let elements): .uint32(Array(elements[range]))
        case .uint64(let elements): .uint64(Array(elements[range]))
        case .half(let elements): .half(Array(elements[range]))
        case .float(let elements): .float(Array(elements[range]))
        case .double(let elements): .double(Array(elements[range]))
        case .complexFloat(let elements): .complexFloat(Array(elements[twice]))
        case .complexDouble(let elements): .complexDouble(Array(elements[twice]))
        case .opaque(let elements): .opaque(Array(elements[range.lowerBound * size..<range.upperBound * size]))
        }
    }
}
