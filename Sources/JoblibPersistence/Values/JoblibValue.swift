/// A value of a joblib file whose type is not known beforehand.
///
/// For example:
///
///     let value = try load(JoblibValue.self, from: "model.joblib")
///     print(value["layers"]?[0]?["weights"] ?? .none)
///
/// Every value Python writes becomes exactly one of the cases: a NumPy scalar becomes the plain number or string that it
/// is, a frozenset a set, an ordered dictionary a dictionary, a bytearray bytes.
public enum JoblibValue: Sendable, Hashable {
    /// Python's `None`.
    case none
    /// `True` or `False`.
    case bool(Bool)
    /// A whole number of up to 64 bits.
    case int(Int)
    /// A whole number with more bits than ``int(_:)`` has; never one with fewer when it comes from a file.
    case bigInteger(BigInteger)
    /// A floating-point number.
    case float(Double)
    /// A complex number.
    case complex(real: Double, imaginary: Double)
    /// Text.
    case string(String)
    /// Bytes.
    case bytes([UInt8])
    /// A list.
    case list([JoblibValue])
    /// A tuple.
    case tuple([JoblibValue])
    /// A dictionary, in the order of the file.
    case dictionary(JoblibDictionary)
    /// A set.
    case set(Set<JoblibValue>)
    /// A NumPy array.
    case array(JoblibArray)
}

extension JoblibValue {
    /// The value for a name in a dictionary; nil when there is none, or this is no dictionary.
    ///
    ///     value["alpha"]
    public subscript(key: String) -> JoblibValue? {
        self[key: .string(key)]
    }

    /// The value for any key of a dictionary; nil when there is none, or this is no dictionary.
    ///
    ///     value[key: .tuple([.int(1), .int(2)])]
    public subscript(key key: JoblibValue) -> JoblibValue? {
        if case .dictionary(let dictionary) = self { dictionary[key] } else { nil }
    }

    /// An element of a list, a tuple or an array; nil when there are not so many, or this is none of these.
    ///
    /// An element of an array with several dimensions is an array with one fewer.
    ///
    ///     value[0]
    public subscript(index: Int) -> JoblibValue? {
        switch self {
        case .list(let elements), .tuple(let elements): elements.indices.contains(index) ? elements[index] : nil
        case .array(let array): array[index]
        default: nil
        }
    }

    /// How many elements a list, a tuple, a set, a dictionary or an array has; nil for other values.
    public var count: Int? {
        switch self {
        case .list(let elements), .tuple(let elements): elements.count
        case .dictionary(let dictionary): dictionary.count
        case .set(let elements): elements.count
        case .array(let array): array.shape.first
        default: nil
        }
    }
}

extension JoblibValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .none }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int) { self = .int(value) }
    public init(floatLiteral value: Double) { self = .float(value) }
    public init(stringLiteral value: String) { self = .string(value) }
    /// A list.
    public init(arrayLiteral elements: JoblibValue...) { self = .list(elements) }
    /// A dictionary; of several values for one key the last one stays.
    public init(dictionaryLiteral elements: (JoblibValue, JoblibValue)...) {
        self = .dictionary(JoblibDictionary(elements.lazy.map { (key: $0.0, value: $0.1) }))
    }
}
