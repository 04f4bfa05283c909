internal import JoblibCoding

/// Gives a ``JoblibValue`` to a type that is `Decodable`.
struct ValueDecoder: Decoder {
    let value: JoblibValue
    let place: CodingPlace?

    init(_ value: JoblibValue, at place: CodingPlace? = nil) {
        self.value = value
        self.place = place
    }

    var codingPath: [any CodingKey] { CodingPlace.path(place) }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .dictionary(let entries) = value else { throw mismatch([String: Any].self, "a dictionary") }
        return KeyedDecodingContainer(KeyedValueDecoder(entries, at: place))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        switch value {
        case .list(let values), .tuple(let values): return UnkeyedValueDecoder(.values(values), at: place)
        case .set(let values): return UnkeyedValueDecoder(.values(Array(values)), at: place)
        case .bytes(let bytes): return UnkeyedValueDecoder(.array(JoblibArray(bytes)), at: place)
        case .array(let array) where !array.shape.isEmpty:
            // Rows without elements take no room in a file, so there may be any number of them.
            guard array.count > 0 || array.shape[0] <= 1 << 20 else { throw mismatch([Any].self, "a list") }
            return UnkeyedValueDecoder(.array(array), at: place)
        // Codable writes dictionaries whose keys are neither text nor integers as keys and values in turn.
        case .dictionary(let entries):
            return UnkeyedValueDecoder(.values(entries.flatMap { [$0.key, $0.value] }), at: place)
        default: throw mismatch([Any].self, "a list")
        }
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { SingleValueDecoder(decoder: self) }

    // MARK: Values

    /// Any type's value.
    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        if type == JoblibValue.self, let value = value as? T { return value }
        if let direct = type as? any DirectlyDecodable.Type, let value = try direct.decoded(self) as? T { return value }
        if place?.depth ?? 0 > PickleLimits().depth { throw mismatch(type, "fewer levels of containers") }
        return try T(from: self)
    }

    /// The value without the array around a single element.
    private var single: JoblibValue {
        if case .array(let array) = value, array.shape.isEmpty { array.value(at: 0) } else { value }
    }

    var isNil: Bool { value == .none }

    func bool() throws -> Bool {
        guard case .bool(let value) = single else { throw mismatch(Bool.self, "True or False") }
        return value
    }

    func string() throws -> String {
        guard case .string(let value) = single else { throw mismatch(String.self, "a string") }
        return value
    }

    func integer<T: FixedWidthInteger>(_ type: T.Type) throws -> T {
        let number: T?
        switch single {
        case .int(let value): number = T(exactly: value)
        case .bigInteger(let value): number = T(exactly: value)
        default: throw mismatch(type, "an integer")
        }
        guard let number else { throw mismatch(type, "an integer from \(T.min) to \(T.max)") }
        return number
    }

    /// Python's numbers have 53 bits: for fewer they are rounded, but never to infinity.
    func real<T: BinaryFloatingPoint>(_ type: T.Type) throws -> T {
        let number: T?
        switch single {
        case .float(let value): number = T(value).isInfinite && value.isFinite ? nil : T(value)
        case .int(let value): number = T(exactly: value)
        default: throw mismatch(type, "a number")
        }
        guard let number else { throw mismatch(type, "a number that \(type) can hold") }
        return number
    }

    func mismatch(_ type: Any.Type, _ expected: String) -> DecodingError {
        let text = "expected \(expected), found \(value.kindDescription)"
        return .typeMismatch(type, .init(codingPath: codingPath, debugDescription: text))
    }
}
