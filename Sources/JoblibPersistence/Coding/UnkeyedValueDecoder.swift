internal import JoblibCoding

/// The container without keys of a list, a tuple, a set or an array.
struct UnkeyedValueDecoder: UnkeyedDecodingContainer {
    enum Elements {
        case values([JoblibValue])
        case array(JoblibArray)

        var count: Int {
            switch self {
            case .values(let values): values.count
            case .array(let array): array.shape.first ?? 0
            }
        }
    }

    private let elements: Elements
    private let place: CodingPlace?
    private(set) var currentIndex = 0

    init(_ elements: Elements, at place: CodingPlace?) {
        self.elements = elements
        self.place = place
    }

    var codingPath: [any CodingKey] { CodingPlace.path(place) }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    private func decoder(_ type: Any.Type) throws -> ValueDecoder {
        let step = CodingPlace(place, .index(currentIndex))
        let value: JoblibValue? =
            switch elements {
            case .values(let values): isAtEnd ? nil : values[currentIndex]
            case .array(let array): array[currentIndex]
            }
        guard let value else {
            let text = "there are only \(elements.count) elements"
            throw DecodingError.valueNotFound(type, .init(codingPath: CodingPlace.path(step), debugDescription: text))
        }
        return ValueDecoder(value, at: step)
    }

    /// Reads the next element; where that fails it stays the next one.
    private mutating func next<T>(_ type: T.Type, _ body: (ValueDecoder) throws -> T) throws -> T {
        let value = try body(decoder(type))
        currentIndex += 1
        return value
    }

    mutating func decodeNil() throws -> Bool {
        guard try decoder(Any.self).isNil else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try next(type) { try $0.decode(type) } }
    mutating func decode(_ type: Bool.Type) throws -> Bool { try next(type) { try $0.bool() } }
    mutating func decode(_ type: String.Type) throws -> String { try next(type) { try $0.string() } }
    mutating func decode(_ type: Double.Type) throws -> Double { try next(type) { try $0.real(Double.self) } }
    mutating func decode(_ type: Float.Type) throws -> Float { try next(type) { try $0.real(Float.self) } }
    mutating func decode(_ type: Int.Type) throws -> Int { try next(type) { try $0.integer(Int.self) } }
    mutating func decode(_ type: Int8.Type) throws -> Int8 { try next(type) { try $0.integer(Int8.self) } }
    mutating func decode(_ type: Int16.Type) throws -> Int16 { try next(type) { try $0.integer(Int16.self) } }
    mutating func decode(_ type: Int32.Type) throws -> Int32 { try next(type) { try $0.integer(Int32.self) } }
    mutating func decode(_ type: Int64.Type) throws -> Int64 { try next(type) { try $0.integer(Int64.self) } }
    mutating func decode(_ type: Int128.Type) throws -> Int128 { try next(type) { try $0.integer(Int128.self) } }
    mutating func decode(_ type: UInt.Type) throws -> UInt { try next(type) { try $0.integer(UInt.self) } }
    mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try next(type) { try $0.integer(UInt8.self) } }
    mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try next(type) { try $0.integer(UInt16.self) } }
    mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try next(type) { try $0.integer(UInt32.self) } }
    mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try next(type) { try $0.integer(UInt64.self) } }
    mutating func decode(_ type: UInt128.Type) throws -> UInt128 { try next(type) { try $0.integer(UInt128.self) } }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try next(KeyedDecodingContainer<NestedKey>.self) { try $0.container(keyedBy: type) }
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let container = try decoder([Any].self).unkeyedContainer()
        currentIndex += 1
        return container
    }

    mutating func superDecoder() throws -> any Decoder { try next(ValueDecoder.self) { $0 } }
}
