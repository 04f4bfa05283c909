/// The container with keys of a value being written.
struct KeyedWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
    private let place: Place
    private let shape: KeyShape
    /// The place in `shape` where the next key is expected.
    private var next = 0

    init(_ place: Place) {
        self.place = place
        shape = place.writer.session.shape(of: Key.self)
    }

    var codingPath: [any CodingKey] { place.writer.path(upTo: place.index).map { PathKey($0) } }

    /// Writes `key`; its value comes next.
    @inline(__always)
    mutating func begin(_ key: Key) throws -> Writer {
        try begin(key.stringValue)
    }

    @inline(__always)
    private mutating func begin(_ name: String) throws -> Writer {
        try place.check()
        let writer = place.writer
        try writer.reserve(10)
        writer.frames[place.index].entry = writer.count
        if let found = shape.find(name, hint: next), !writer.session.isCanonical {
            next = found &+ 1
            writer.putKey(shape.places[found], of: place.index)
        } else {
            try writer.putNewKey(name, of: place.index, shape: shape, next: &next)
        }
        return writer
    }

    /// Says that an optional property has no value, so that the reader need not look for it.
    @inline(__always)
    mutating func skip(_ key: Key) throws {
        if place.writer.session.isCanonical { return try place.check() }
        try begin(key).putByte(Token.absent)
    }

    mutating func encodeNil(forKey key: Key) throws { try begin(key).putNull() }

    mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        let writer = try begin(key)
        let (start, marks) = (writer.frames[place.index].entry, writer.marks.count)
        do {
            try writer.encode(value)
        } catch {
            writer.forgetPart(of: place.index, from: start, marks: marks)
            throw error
        }
    }

    mutating func encodeIfPresent<T: Encodable>(_ value: T?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try skip(key) }
    }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
        let encoder = nested(key.stringValue, shape: .keyed)
        return encoder.container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        nested(key.stringValue, shape: .unkeyed).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { nested("super", shape: .empty) }
    mutating func superEncoder(forKey key: Key) -> any Encoder { nested(key.stringValue, shape: .empty) }

    /// An encoder that may be used until the value around it is complete.
    private mutating func nested(_ name: String, shape: Frame.Shape) -> ValueWriter {
        let writer = place.writer
        let shared: String? = shape == .empty ? nil : name
        if place.isCurrent, let known = writer.pendingWriter(of: place.index, name: shared, shape: shape) {
            return ValueWriter(known)
        }
        do {
            _ = try begin(name)
        } catch {
            writer.deferError(error)
        }
        return writer.nestedEncoder(in: place, at: .key(name), name: shared)
    }
}
