extension KeyedWriter {
    mutating func encode(_ value: Bool, forKey key: Key) throws { try begin(key).put(value) }
    mutating func encode(_ value: String, forKey key: Key) throws { try begin(key).put(value) }
    mutating func encode(_ value: Double, forKey key: Key) throws { try begin(key).put(value) }
    mutating func encode(_ value: Float, forKey key: Key) throws { try begin(key).put(value) }
    mutating func encode(_ value: Int, forKey key: Key) throws { try begin(key).put(value) }
    mutating func encode(_ value: Int8, forKey key: Key) throws { try begin(key).put(value) }
    mutating func encode(_ value: Int16, forKey key: Key) throws { try begin(key).put(value) }
    mutating func encode(_ value: Int32, forKey key: Key) throws { try begin(key).put(value) }
    mutating func encode(_ value: Int64, forKey key: Key) throws { try begin(key).put(value) }
    mutating func encode(_ value: Int128, forKey key: Key) throws { try begin(key).put(value) }
    mutating func encode(_ value: UInt, forKey key: Key) throws { try begin(key).put(value) }
    mutating func encode(_ value: UInt8, forKey key: Key) throws { try begin(key).put(value) }
    mutating func encode(_ value: UInt16, forKey key: Key) throws { try begin(key).put(value) }
    mutating func encode(_ value: UInt32, forKey key: Key) throws { try begin(key).put(value) }
    mutating func encode(_ value: UInt64, forKey key: Key) throws { try begin(key).put(value) }
    mutating func encode(_ value: UInt128, forKey key: Key) throws { try begin(key).put(value) }

    mutating func encodeIfPresent(_ value: Bool?, forKey key: Key) throws {
        if let value { try begin(key).put(value) } else { try skip(key) }
    }
    mutating func encodeIfPresent(_ value: String?, forKey key: Key) throws {
        if let value { try begin(key).put(value) } else { try skip(key) }
    }
    mutating func encodeIfPresent(_ value: Double?, forKey key: Key) throws {
        if let value { try begin(key).put(value) } else { try skip(key) }
    }
    mutating func encodeIfPresent(_ value: Float?, forKey key: Key) throws {
        if let value { try begin(key).put(value) } else { try skip(key) }
    }
    mutating func encodeIfPresent(_ value: Int?, forKey key: Key) throws {
        if let value { try begin(key).put(value) } else { try skip(key) }
    }
    mutating func encodeIfPresent(_ value: Int8?, forKey key: Key) throws {
        if let value { try begin(key).put(value) } else { try skip(key) }
    }
    mutating func encodeIfPresent(_ value: Int16?, forKey key: Key) throws {
        if let value { try begin(key).put(value) } else { try skip(key) }
    }
    mutating func encodeIfPresent(_ value: Int32?, forKey key: Key) throws {
        if let value { try begin(key).put(value) } else { try skip(key) }
    }
    mutating func encodeIfPresent(_ value: Int64?, forKey key: Key) throws {
        if let value { try begin(key).put(value) } else { try skip(key) }
    }
    mutating func encodeIfPresent(_ value: Int128?, forKey key: Key) throws {
        if let value { try begin(key).put(value) } else { try skip(key) }
    }
    mutating func encodeIfPresent(_ value: UInt?, forKey key: Key) throws {
        if let value { try begin(key).put(value) } else { try skip(key) }
    }
    mutating func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws {
        if let value { try begin(key).put(value) } else { try skip(key) }
    }
    mutating func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws {
        if let value { try begin(key).put(value) } else { try skip(key) }
    }
    mutating func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws {
        if let value { try begin(key).put(value) } else { try skip(key) }
    }
    mutating func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws {
        if let value { try begin(key).put(value) } else { try skip(key) }
    }
    mutating func encodeIfPresent(_ value: UInt128?, forKey key: Key) throws {
        if let value { try begin(key).put(value) } else { try skip(key) }
    }
}
