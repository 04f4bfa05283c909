/// The container with keys of a value being read.
struct KeyedReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let value: ValueReader

    init(_ value: ValueReader) {
        self.value = value
    }

    var codingPath: [any CodingKey] { value.codingPath }
    var allKeys: [Key] { value.names().compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool { ((try? value.find(key.stringValue)) ?? nil) != nil }

    /// The place of the value for `key`.
    @inline(__always)
    private func locate(_ key: Key) throws -> Int {
        let name = key.stringValue
        let found = try value.reading(Any.self, .key(name)) { () throws(ReadProblem) in try value.find(name) }
        guard let found else { throw missing(key) }
        return found
    }

    private func missing(_ key: Key) -> DecodingError {
        .keyNotFound(key, .init(codingPath: codingPath, debugDescription: "there is no value for this key"))
    }

    /// Reads the value for `key` with `body`.
    @inline(__always)
    fileprivate func read<T>(
        _ type: T.Type,
        _ key: Key,
        _ body: (Reader, inout Int) throws(ReadProblem) -> T
    ) throws -> T {
        let position = try locate(key)
        var next = position
        do throws(ReadProblem) {
            let result = try body(value.reader, &next)
            value.passed(position, to: next)
            return result
        } catch {
            throw value.failure(error, type, .key(key.stringValue))
        }
    }

    func decodeNil(forKey key: Key) throws -> Bool {
        let position = try locate(key)
        let token = try value.reading(Any.self, .key(key.stringValue)) { () throws(ReadProblem) in
            try value.reader.peek(position)
        }
        guard token == Token.null else { return false }
        value.passed(position, to: position + 1)
        return true
    }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        let position = try locate(key)
        var next = position
        let result = try value.decode(type, at: &next, .key(key.stringValue))
        value.passed(position, to: next)
        return result
    }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        let name = key.stringValue
        let found = try value.reading(type, .key(name)) { () throws(ReadProblem) in try value.find(name) }
        guard let position = found else { return nil }
        var next = position
        // For an optional type the nil is one of its values, not the lack of one.
        if !(type is any OptionalValue.Type), try decodeNil(forKey: key) { return nil }
        let result = try value.decode(type, at: &next, .key(name))
        value.passed(position, to: next)
        return result
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try nested(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try nested(key).unkeyedContainer()
    }

    func superDecoder(forKey key: Key) throws -> any Decoder { try nested(key) }

    func superDecoder() throws -> any Decoder {
        let found = try value.reading(Any.self, .key("super")) { () throws(ReadProblem) in try value.find("super") }
        guard let found else {
            let context = DecodingError.Context(
                codingPath: codingPath,
                debugDescription: "there is no value for this key"
            )
            throw DecodingError.keyNotFound(PathKey(stringValue: "super"), context)
        }
        return try value.child(at: found, .key("super"))
    }

    private func nested(_ key: Key) throws -> ValueReader {
        try value.child(at: locate(key), .key(key.stringValue))
    }
}

extension KeyedReader {
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
        try read(type, key) { (reader, position) throws(ReadProblem) in try reader.bool(&position) }
    }
    func decode(_ type: String.Type, forKey key: Key) throws -> String {
        try read(type, key) { (reader, position) throws(ReadProblem) in try reader.string(&position) }
    }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
        try read(type, key) { (reader, position) throws(ReadProblem) in try reader.double(&position) }
    }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
        try read(type, key) { (reader, position) throws(ReadProblem) in try reader.float(&position) }
    }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
        try read(type, key) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 {
        try read(type, key) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 {
        try read(type, key) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 {
        try read(type, key) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 {
        try read(type, key) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 {
        try read(type, key) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt {
        try read(type, key) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 {
        try read(type, key) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 {
        try read(type, key) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 {
        try read(type, key) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 {
        try read(type, key) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 {
        try read(type, key) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
}
