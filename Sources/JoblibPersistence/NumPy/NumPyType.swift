/// The type of an array's elements as NumPy's files describe it: `"<f8"`, `"|b1"`, `">i4"`.
///
/// Its text is that of `numpy.dtype.str`: byte order, kind, and bytes of one element
/// (https://numpy.org/doc/stable/reference/arrays.interface.html).
public struct NumPyType: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case boolean
        case integer
        case unsigned
        case real
        case complex
        /// `U`: text of 4-byte characters.
        case text
        /// `S`: bytes up to the first zero.
        case bytes
        /// `M8` or `m8` with its unit, such as `[ns]`; empty for none.
        case date(unit: String)
        case duration(unit: String)
        /// `V`: bytes without a meaning.
        case void
        /// `O`: Python objects.
        case object
    }

    package var kind: Kind

    /// Bytes of one element.
    package var itemSize: Int

    /// Whether numbers of several bytes begin with their highest one.
    package var isBigEndian: Bool

    package init(_ kind: Kind, itemSize: Int, isBigEndian: Bool = Self.machineIsBigEndian) {
        self.kind = kind
        self.itemSize = itemSize
        self.isBigEndian = isBigEndian
    }

    package static let machineIsBigEndian = 1.bigEndian == 1

    /// Bytes that have to be turned round together to change the byte order; 1 where there is none.
    package var swapUnit: Int {
        switch kind {
        case .boolean, .bytes, .void, .object: 1
        case .complex: itemSize / 2
        case .text: 4
        case .integer, .unsigned, .real, .date, .duration: itemSize
        }
    }

    /// Whether the bytes are this machine's own.
    package var isNative: Bool { swapUnit == 1 || isBigEndian == Self.machineIsBigEndian }

    /// The same in this machine's byte order.
    package var native: Self { Self(kind, itemSize: itemSize) }

    /// Whether elements of this type can be read as numbers.
    package var isNumber: Bool {
        switch kind {
        case .boolean, .integer, .unsigned: true
        case .real: itemSize <= 8
        default: false
        }
    }
}

extension NumPyType: CustomStringConvertible {
    /// The text in a file, for example `<f8`.
    public var description: String {
        let order = swapUnit == 1 ? "|" : isBigEndian ? ">" : "<"
        return switch kind {
        case .boolean: "|b1"
        case .integer: "\(order)i\(itemSize)"
        case .unsigned: "\(order)u\(itemSize)"
        case .real: "\(order)f\(itemSize)"
        case .complex: "\(order)c\(itemSize)"
        case .text: "\(order)U\(itemSize / 4)"
        case .bytes: "|S\(itemSize)"
        case .date(let unit): "\(order)M8\(unit)"
        case .duration(let unit): "\(order)m8\(unit)"
        case .void: "|V\(itemSize)"
        case .object: "|O"
        }
    }

    /// NumPy's name, for people: `float64`.
    package var name: String {
        switch kind {
        case .boolean: "bool"
        case .integer: "int\(itemSize * 8)"
        case .unsigned: "uint\(itemSize * 8)"
        case .real: "float\(itemSize * 8)"
        case .complex: "complex\(itemSize * 8)"
        case .text: "str (\(description))"
        case .bytes: "bytes (\(description))"
        case .date(let unit): "datetime64\(unit)"
        case .duration(let unit): "timedelta64\(unit)"
        case .void: "void (\(description))"
        case .object: "object"
        }
    }
}
