/// The encoder that a value's `encode(to:)` gets, and its container for a single value.
struct ValueWriter: Encoder, SingleValueEncodingContainer {
    let place: Place

    init(_ place: Place) {
        self.place = place
    }

    var codingPath: [any CodingKey] { place.writer.path(upTo: place.index).map { PathKey($0) } }
    var userInfo: [CodingUserInfoKey: Any] { place.writer.session.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        place.writer.beginOrDefer(.keyed, of: place)
        return KeyedEncodingContainer(KeyedWriter(place))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        place.writer.beginOrDefer(.unkeyed, of: place)
        return UnkeyedWriter(place)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    @inline(__always)
    private func single() throws -> Writer {
        try place.writer.begin(.single, of: place)
        return place.writer
    }

    func encodeNil() throws { try single().putNull() }
    func encode<T: Encodable>(_ value: T) throws { try single().encode(value) }
    func encode(_ value: Bool) throws { try single().put(value) }
    func encode(_ value: String) throws { try single().put(value) }
    func encode(_ value: Double) throws { try single().put(value) }
    func encode(_ value: Float) throws { try single().put(value) }
    func encode(_ value: Int) throws { try single().put(value) }
    func encode(_ value: Int8) throws { try single().put(value) }
    func encode(_ value: Int16) throws { try single().put(value) }
    func encode(_ value: Int32) throws { try single().put(value) }
    func encode(_ value: Int64) throws { try single().put(value) }
    func encode(_ value: Int128) throws { try single().put(value) }
    func encode(_ value: UInt) throws { try single().put(value) }
    func encode(_ value: UInt8) throws { try single().put(value) }
    func encode(_ value: UInt16) throws { try single().put(value) }
    func encode(_ value: UInt32) throws { try single().put(value) }
    func encode(_ value: UInt64) throws { try single().put(value) }
    func encode(_ value: UInt128) throws { try single().put(value) }
}
