/// A NumPy array whose element type is not known beforehand.
///
/// The elements are in C order and in this machine's byte order, however the file held them.
///
/// For example:
///
///     if case .array(let array) = value { print(array.dtype, array.shape) }    // <f8 [512, 512]
public struct JoblibArray: Sendable, Hashable {
    /// The length of each dimension; empty for an array without dimensions, which has one element.
    public let shape: [Int]

    let type: ArrayType
    let storage: ArrayStorage

    init(shape: [Int], type: ArrayType, storage: ArrayStorage) {
        self.shape = shape
        self.type = type
        self.storage = storage
    }

    /// NumPy's text for the type of the elements, such as `"<f8"`, `"|b1"`, `"<U5"` or `"<M8[ns]"`.
    public var dtype: String { type.text }

    /// How many elements there are in all.
    public var count: Int { shape.reduce(1, *) }

    /// An element of the first dimension: a value, or an array with one dimension fewer; nil behind the last one.
    ///
    ///     array[3]
    public subscript(index: Int) -> JoblibValue? {
        guard let length = shape.first, (0..<length).contains(index) else { return nil }
        if shape.count == 1 { return value(at: index) }
        let rest = Array(shape.dropFirst())
        let size = rest.reduce(1, *)
        let part = storage.part(index * size..<(index + 1) * size, size: type.size)
        return .array(JoblibArray(shape: rest, type: type, storage: part))
    }

    /// The element at a place in C order, as the plain value that a NumPy scalar of its type is.
    func value(at index: Int) -> JoblibValue {
        switch storage {
        case .bool(let elements): .bool(elements[index])
        case .int8(let elements): .int(Int(elements[index]))
        case .int16(let elements): .int(Int(elements[index]))
        case .int32(let elements): .int(Int(elements[index]))
        case .int64(let elements): Self.whole(elements[index])
        case .uint8(let elements): .int(Int(elements[index]))
        case .uint16(let elements): .int(Int(elements[index]))
        case .uint32(let elements): Self.whole(elements[index])
        case .uint64(let elements): Self.whole(elements[index])
        case .half(let elements): .float(Double(elements[index]))
        case .float(let elements): .float(Double(elements[index]))
        case .double(let elements): .float(elements[index])
        case .complexFloat(let parts):
            .complex(real: Double(parts[2 * index]), imaginary: Double(parts[2 * index + 1]))
        case .complexDouble(let parts): .complex(real: parts[2 * index], imaginary: parts[2 * index + 1])
        case .opaque(let bytes): opaque(bytes[index * type.size..<(index + 1) * type.size])
        }
    }

    private static func whole(_ number: some FixedWidthInteger) -> JoblibValue {
        Int(exactly: number).map { .int($0) } ?? .bigInteger(BigInteger(number))
    }

    private func opaque(_ bytes: ArraySlice<UInt8>) -> JoblibValue {
        switch type.kind {
        case "U":
            // UTF-32, filled up with zeros.
            var text = ""
            var characters: [UInt32] = []
            for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: 4) {
                let parts = bytes[start..<start + 4]
                let ordered = type.isBigEndian ? Array(parts) : parts.reversed()
                characters.append(ordered.reduce(0) { $0 << 8 | UInt32($1) })
            }
            while characters.last == 0 { characters.removeLast() }
            for character in characters { text.unicodeScalars.append(Unicode.Scalar(character) ?? "\u{fffd}") }
            return .string(text)
        case "S":
            let end = bytes.lastIndex { $0 != 0 }.map { $0 + 1 } ?? bytes.startIndex
            return .bytes(Array(bytes[..<end]))
        default: return .bytes(Array(bytes))
        }
    }
}
