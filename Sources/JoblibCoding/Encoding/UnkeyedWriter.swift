/// The container without keys of a value being written.
struct UnkeyedWriter: UnkeyedEncodingContainer {
    private let place: Place

    init(_ place: Place) {
        self.place = place
    }

    var codingPath: [any CodingKey] { place.writer.path(upTo: place.index).map { PathKey($0) } }

    var count: Int {
        let frames = place.writer.frames
        guard place.index < frames.count, frames[place.index].serial == place.serial else { return 0 }
        return frames[place.index].count
    }

    /// Begins an element.
    @inline(__always)
    fileprivate func begin() throws -> Writer {
        try place.check()
        if place.writer.session.isCanonical { place.writer.marks.append(place.writer.count) }
        return place.writer
    }

    @inline(__always)
    fileprivate func end() { place.writer.frames[place.index].count &+= 1 }

    func encodeNil() throws {
        try begin().putNull()
        end()
    }

    func encode<T: Encodable>(_ value: T) throws {
        let writer = place.writer
        let (start, marks) = (writer.count, writer.marks.count)
        _ = try begin()
        do {
            try writer.encode(value)
        } catch {
            writer.forgetPart(of: place.index, from: start, marks: marks)
            throw error
        }
        end()
    }

    func nestedContainer<NestedKey: CodingKey>(keyedBy type: NestedKey.Type) -> KeyedEncodingContainer<NestedKey> {
        nested().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { nested().unkeyedContainer() }
    func superEncoder() -> any Encoder { nested() }

    private func nested() -> ValueWriter {
        let step = PathComponent.index(count)
        do {
            _ = try begin()
        } catch {
            place.writer.deferError(error)
            return place.writer.nestedEncoder(in: place, at: step, name: nil)
        }
        let encoder = place.writer.nestedEncoder(in: place, at: step, name: nil)
        end()
        return encoder
    }
}

extension UnkeyedWriter {
    func encode(_ value: Bool) throws {
        try begin().put(value)
        end()
    }
    func encode(_ value: String) throws {
        try begin().put(value)
        end()
    }
    func encode(_ value: Double) throws {
        try begin().put(value)
        end()
    }
    func encode(_ value: Float) throws {
        try begin().put(value)
        end()
    }
    func encode(_ value: Int) throws {
        try begin().put(value)
        end()
    }
    func encode(_ value: Int8) throws {
        try begin().put(value)
        end()
    }
    func encode(_ value: Int16) throws {
        try begin().put(value)
        end()
    }
    func encode(_ value: Int32) throws {
        try begin().put(value)
        end()
    }
    func encode(_ value: Int64) throws {
        try begin().put(value)
        end()
    }
    func encode(_ value: Int128) throws {
        try begin().put(value)
        end()
    }
    func encode(_ value: UInt) throws {
        try begin().put(value)
        end()
    }
    func encode(_ value: UInt8) throws {
        try begin().put(value)
        end()
    }
    func encode(_ value: UInt16) throws {
        try begin().put(value)
        end()
    }
    func encode(_ value: UInt32) throws {
        try begin().put(value)
        end()
    }
    func encode(_ value: UInt64) throws {
        try begin().put(value)
        end()
    }
    func encode(_ value: UInt128) throws {
        try begin().put(value)
        end()
    }
}
