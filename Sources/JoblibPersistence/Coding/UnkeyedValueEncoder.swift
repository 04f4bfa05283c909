internal import JoblibCoding

/// The container without keys: a list.
struct UnkeyedValueEncoder: UnkeyedEncodingContainer {
    let target: EncodingTarget
    let place: CodingPlace?

    var codingPath: [any CodingKey] { CodingPlace.path(place) }
    var count: Int { target.parts.count }

    private func add(_ value: JoblibValue) { target.add(.value(value)) }

    func encodeNil() throws { add(.none) }
    func encode<T: Encodable>(_ value: T) throws {
        add(try ValueEncoder.value(value, at: CodingPlace(place, .index(count))))
    }
    func encode(_ value: Bool) throws { add(.bool(value)) }
    func encode(_ value: String) throws { add(.string(value)) }
    func encode(_ value: Double) throws { add(.float(value)) }
    func encode(_ value: Float) throws { add(.float(Double(value))) }
    func encode(_ value: Int) throws { add(.integer(value)) }
    func encode(_ value: Int8) throws { add(.integer(value)) }
    func encode(_ value: Int16) throws { add(.integer(value)) }
    func encode(_ value: Int32) throws { add(.integer(value)) }
    func encode(_ value: Int64) throws { add(.integer(value)) }
    func encode(_ value: Int128) throws { add(.integer(value)) }
    func encode(_ value: UInt) throws { add(.integer(value)) }
    func encode(_ value: UInt8) throws { add(.integer(value)) }
    func encode(_ value: UInt16) throws { add(.integer(value)) }
    func encode(_ value: UInt32) throws { add(.integer(value)) }
    func encode(_ value: UInt64) throws { add(.integer(value)) }
    func encode(_ value: UInt128) throws { add(.integer(value)) }

    private func nested() -> ValueEncoder {
        let part = EncodingTarget()
        let step = CodingPlace(place, .index(count))
        target.add(.target(part))
        return ValueEncoder(target: part, place: step)
    }

    func nestedContainer<NestedKey: CodingKey>(keyedBy type: NestedKey.Type) -> KeyedEncodingContainer<NestedKey> {
        nested().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { nested().unkeyedContainer() }
    func superEncoder() -> any Encoder { nested() }
}
