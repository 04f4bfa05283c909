internal import JoblibCoding

/// The container with keys: a dictionary.
struct KeyedValueEncoder<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let target: EncodingTarget
    let place: CodingPlace?
    let hasIntegerKeys: Bool

    var codingPath: [any CodingKey] { CodingPlace.path(place) }

    private func add(_ value: JoblibValue, _ key: Key) { target.add(.value(value), key: name(key)) }

    private func name(_ key: some CodingKey) -> JoblibValue {
        if hasIntegerKeys, let number = key.intValue { .int(number) } else { .string(key.stringValue) }
    }

    private func step(_ key: some CodingKey) -> CodingPlace { CodingPlace(place, .key(key.stringValue)) }

    func encodeNil(forKey key: Key) throws { add(.none, key) }
    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        add(try ValueEncoder.value(value, at: step(key)), key)
    }
    func encode(_ value: Bool, forKey key: Key) throws { add(.bool(value), key) }
    func encode(_ value: String, forKey key: Key) throws { add(.string(value), key) }
    func encode(_ value: Double, forKey key: Key) throws { add(.float(value), key) }
    func encode(_ value: Float, forKey key: Key) throws { add(.float(Double(value)), key) }
    func encode(_ value: Int, forKey key: Key) throws { add(.integer(value), key) }
    func encode(_ value: Int8, forKey key: Key) throws { add(.integer(value), key) }
    func encode(_ value: Int16, forKey key: Key) throws { add(.integer(value), key) }
    func encode(_ value: Int32, forKey key: Key) throws { add(.integer(value), key) }
    func encode(_ value: Int64, forKey key: Key) throws { add(.integer(value), key) }
    func encode(_ value: Int128, forKey key: Key) throws { add(.integer(value), key) }
    func encode(_ value: UInt, forKey key: Key) throws { add(.integer(value), key) }
    func encode(_ value: UInt8, forKey key: Key) throws { add(.integer(value), key) }
    func encode(_ value: UInt16, forKey key: Key) throws { add(.integer(value), key) }
    func encode(_ value: UInt32, forKey key: Key) throws { add(.integer(value), key) }
    func encode(_ value: UInt64, forKey key: Key) throws { add(.integer(value), key) }
    func encode(_ value: UInt128, forKey key: Key) throws { add(.integer(value), key) }

    private func nested(_ key: some CodingKey) -> ValueEncoder {
        let part = EncodingTarget()
        target.add(.target(part), key: name(key))
        return ValueEncoder(target: part, place: step(key))
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
        nested(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { nested(key).unkeyedContainer() }
    func superEncoder() -> any Encoder { nested(PlaceKey.superKey) }
    func superEncoder(forKey key: Key) -> any Encoder { nested(key) }
}

// A property that is nil is there, as None, so that Python need not ask whether it is.
extension KeyedValueEncoder {
    func encodeIfPresent<T: Encodable>(_ value: T?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }
    func encodeIfPresent(_ value: Bool?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }
    func encodeIfPresent(_ value: String?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }
    func encodeIfPresent(_ value: Double?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }
    func encodeIfPresent(_ value: Float?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }
    func encodeIfPresent(_ value: Int?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }
    func encodeIfPresent(_ value: Int8?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }
    func encodeIfPresent(_ value: Int16?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }
    func encodeIfPresent(_ value: Int32?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }
    func encodeIfPresent(_ value: Int64?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }
    func encodeIfPresent(_ value: Int128?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }
    func encodeIfPresent(_ value: UInt?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }
    func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }
    func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }
    func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }
    func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }
    func encodeIfPresent(_ value: UInt128?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }
}
