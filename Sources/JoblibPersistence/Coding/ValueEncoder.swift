internal import JoblibCoding

/// Makes a ``JoblibValue`` of a value that is `Encodable`.
///
/// Big arrays are not copied: the value shares their memory.
struct ValueEncoder: Encoder {
    let target: EncodingTarget
    let place: CodingPlace?
    /// The keys of a dictionary with integers as keys.
    var hasIntegerKeys = false

    var codingPath: [any CodingKey] { CodingPlace.path(place) }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        target.begin(.dictionary)
        return KeyedEncodingContainer(
            KeyedValueEncoder(target: target, place: place, hasIntegerKeys: hasIntegerKeys)
        )
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        target.begin(.list)
        return UnkeyedValueEncoder(target: target, place: place)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        SingleValueEncoder(target: target, place: place)
    }

    /// What a value is in a file.
    static func value<T: Encodable>(_ value: T, at place: CodingPlace? = nil) throws -> JoblibValue {
        if let value = value as? JoblibValue { return value }
        if let direct = value as? any DirectlyEncodable { return direct.joblibValue }
        let limit = PickleLimits().depth
        guard place?.depth ?? 0 < limit else {
            let text = "values are nested more than \(limit) levels deep"
            throw EncodingError.invalidValue(
                value,
                .init(codingPath: CodingPlace.path(place), debugDescription: text)
            )
        }
        let target = EncodingTarget()
        try value.encode(
            to: ValueEncoder(target: target, place: place, hasIntegerKeys: value is any IntegerKeyedDictionary)
        )
        if let misuse = target.misuse {
            throw EncodingError.invalidValue(
                value,
                .init(codingPath: CodingPlace.path(place), debugDescription: "its encode(to:) \(misuse)")
            )
        }
        return target.value
    }
}

/// What an encoder writes into.
final class EncodingTarget {
    enum Shape {
        case nothing
        case single
        case list
        case dictionary
    }

    /// A value, or a container that may still grow.
    enum Part {
        case value(JoblibValue)
        case target(EncodingTarget)

        var value: JoblibValue {
            switch self {
            case .value(let value): value
            case .target(let target): target.value
            }
        }
    }

    private var shape = Shape.nothing
    private var keys: [JoblibValue] = []
    private(set) var parts: [Part] = []
    /// What the type's own code did that no encoder can make sense of.
    private(set) var misuse: String?

    /// A type may ask for the same kind of container again, and goes on where it was.
    func begin(_ shape: Shape) {
        if self.shape != .nothing && self.shape != shape {
            misuse = misuse ?? "asks its encoder for two kinds of containers for one value"
        }
        self.shape = shape
    }

    func add(_ part: Part, key: JoblibValue) {
        keys.append(key)
        parts.append(part)
    }

    func add(_ part: Part) { parts.append(part) }

    func set(_ value: JoblibValue) {
        begin(.single)
        if !parts.isEmpty { misuse = misuse ?? "writes two values into a container for one" }
        parts.append(.value(value))
    }

    var value: JoblibValue {
        switch shape {
        // A type without contents.
        case .nothing: .dictionary(JoblibDictionary())
        case .single: parts.first?.value ?? .none
        case .list: .list(parts.map(\.value))
        case .dictionary:
            .dictionary(JoblibDictionary(zip(keys, parts).lazy.map { (key: $0.0, value: $0.1.value) }))
        }
    }
}
