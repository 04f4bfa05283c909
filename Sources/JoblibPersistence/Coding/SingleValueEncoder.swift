internal import JoblibCoding

/// The container for a single value.
struct SingleValueEncoder: SingleValueEncodingContainer {
    let target: EncodingTarget
    let place: CodingPlace?

    var codingPath: [any CodingKey] { CodingPlace.path(place) }

    func encodeNil() throws { target.set(.none) }
    func encode<T: Encodable>(_ value: T) throws { target.set(try ValueEncoder.value(value, at: place)) }
    func encode(_ value: Bool) throws { target.set(.bool(value)) }
    func encode(_ value: String) throws { target.set(.string(value)) }
    func encode(_ value: Double) throws { target.set(.float(value)) }
    func encode(_ value: Float) throws { target.set(.float(Double(value))) }
    func encode(_ value: Int) throws { target.set(.integer(value)) }
    func encode(_ value: Int8) throws { target.set(.integer(value)) }
    func encode(_ value: Int16) throws { target.set(.integer(value)) }
    func encode(_ value: Int32) throws { target.set(.integer(value)) }
    func encode(_ value: Int64) throws { target.set(.integer(value)) }
    func encode(_ value: Int128) throws { target.set(.integer(value)) }
    func encode(_ value: UInt) throws { target.set(.integer(value)) }
    func encode(_ value: UInt8) throws { target.set(.integer(value)) }
    func encode(_ value: UInt16) throws { target.set(.integer(value)) }
    func encode(_ value: UInt32) throws { target.set(.integer(value)) }
    func encode(_ value: UInt64) throws { target.set(.integer(value)) }
    func encode(_ value: UInt128) throws { target.set(.integer(value)) }
}

extension JoblibValue {
    static func integer(_ number: some FixedWidthInteger) -> JoblibValue {
        Int(exactly: number).map { .int($0) } ?? .bigInteger(BigInteger(number))
    }
}
