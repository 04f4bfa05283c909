internal import JoblibCoding

/// The container with keys of a dictionary.
struct KeyedValueDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let entries: JoblibDictionary
    private let place: CodingPlace?

    init(_ entries: JoblibDictionary, at place: CodingPlace?) {
        self.entries = entries
        self.place = place
    }

    var codingPath: [any CodingKey] { CodingPlace.path(place) }

    var allKeys: [Key] {
        entries.keys.compactMap { key in
            switch key {
            case .string(let name): Key(stringValue: name)
            case .int(let number): Key(intValue: number)
            default: nil
            }
        }
    }

    /// Keys are text, or the integers that some keys stand for.
    private func value(_ key: some CodingKey) -> JoblibValue? {
        entries[key.stringValue] ?? key.intValue.flatMap { entries[.int($0)] }
    }

    private func decoder(_ key: some CodingKey) throws -> ValueDecoder {
        guard let value = value(key) else {
            let names = entries.keys.prefix(10).map { "\($0)" }.joined(separator: ", ")
            let found = entries.count > 10 ? names + ", …" : names
            let text = "there is no value for this key; the dictionary has \(entries.isEmpty ? "no keys" : found)"
            throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: text))
        }
        return ValueDecoder(value, at: CodingPlace(place, .key(key.stringValue)))
    }

    func contains(_ key: Key) -> Bool { value(key) != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try decoder(key).isNil }
    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try decoder(key).decode(type) }
    func decode(_: Bool.Type, forKey key: Key) throws -> Bool { try decoder(key).bool() }
    func decode(_: String.Type, forKey key: Key) throws -> String { try decoder(key).string() }
    func decode(_: Double.Type, forKey key: Key) throws -> Double { try decoder(key).real(Double.self) }
    func decode(_: Float.Type, forKey key: Key) throws -> Float { try decoder(key).real(Float.self) }
    func decode(_: Int.Type, forKey key: Key) throws -> Int { try decoder(key).integer(Int.self) }
    func decode(_: Int8.Type, forKey key: Key) throws -> Int8 { try decoder(key).integer(Int8.self) }
    func decode(_: Int16.Type, forKey key: Key) throws -> Int16 { try decoder(key).integer(Int16.self) }
    func decode(_: Int32.Type, forKey key: Key) throws -> Int32 { try decoder(key).integer(Int32.self) }
    func decode(_: Int64.Type, forKey key: Key) throws -> Int64 { try decoder(key).integer(Int64.self) }
    func decode(_: Int128.Type, forKey key: Key) throws -> Int128 { try decoder(key).integer(Int128.self) }
    func decode(_: UInt.Type, forKey key: Key) throws -> UInt { try decoder(key).integer(UInt.self) }
    func decode(_: UInt8.Type, forKey key: Key) throws -> UInt8 { try decoder(key).integer(UInt8.self) }
    func decode(_: UInt16.Type, forKey key: Key) throws -> UInt16 { try decoder(key).integer(UInt16.self) }
    func decode(_: UInt32.Type, forKey key: Key) throws -> UInt32 { try decoder(key).integer(UInt32.self) }
    func decode(_: UInt64.Type, forKey key: Key) throws -> UInt64 { try decoder(key).integer(UInt64.self) }
    func decode(_: UInt128.Type, forKey key: Key) throws -> UInt128 { try decoder(key).integer(UInt128.self) }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try decoder(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try decoder(PlaceKey.superKey) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key) }
}
