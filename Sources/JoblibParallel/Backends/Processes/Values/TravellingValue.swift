internal import JoblibSystem

/// A value in a Codable envelope: what makes tuples and `Void`, which conform to nothing, travel like other values.
struct TravellingValue<Value>: Codable {
    let value: Value

    init(_ value: Value) {
        self.value = value
    }

    init(from decoder: any Decoder) throws {
        if Value.self == Void.self {
            value = Self.same((), as: Value.self)
        } else if let type = Value.self as? any Decodable.Type {
            value = Self.same(try Self.decode(type, decoder), as: Value.self)
        } else {
            value = try Self.tuple(from: decoder)
        }
    }

    func encode(to encoder: any Encoder) throws {
        if Value.self == Void.self {
            _ = encoder.unkeyedContainer()
        } else if let value = value as? any Encodable {
            try value.encode(to: encoder)
        } else {
            try encodeTuple(to: encoder)
        }
    }

    private static func same<T>(_ value: T, as type: Value.Type) -> Value {
        guard let value = value as? Value else { preconditionFailure("\(T.self) was asked for as \(Value.self)") }
        return value
    }

    private static func decode<T: Decodable>(_ type: T.Type, _ decoder: any Decoder) throws -> Any {
        try T(from: decoder)
    }

    // MARK: - Tuples

    private func encodeTuple(to encoder: any Encoder) throws {
        guard let layout = TupleLayout(Value.self) else { throw NotCodable(type: Value.self) }
        var container = encoder.unkeyedContainer()
        // Safe: the elements lie where the layout says, as values of the types that it says.
        try unsafe withUnsafePointer(to: value) { start in
            let start = unsafe UnsafeRawPointer(start)
            for element in layout.elements {
                func put<T>(_ type: T.Type) throws {
                    let value = unsafe (start + element.offset).assumingMemoryBound(to: T.self).pointee
                    try container.encode(TravellingValue<T>(value))
                }
                try _openExistential(element.type, do: put)
            }
        }
    }

    private static func tuple(from decoder: any Decoder) throws -> Value {
        guard let layout = TupleLayout(Value.self) else { throw NotCodable(type: Value.self) }
        var container = try decoder.unkeyedContainer()
        let room = UnsafeMutablePointer<Value>.allocate(capacity: 1)
        defer { unsafe room.deallocate() }
        let start = UnsafeMutableRawPointer(room)
        var done = 0
        do {
            // Safe: each element is initialised once, where the layout says.
            for element in layout.elements {
                func take<T>(_ type: T.Type) throws {
                    let value = try container.decode(TravellingValue<T>.self).value
                    unsafe (start + element.offset).initializeMemory(as: T.self, to: value)
                }
                try _openExistential(element.type, do: take)
                done += 1
            }
        } catch {
            for element in layout.elements[..<done] {
                func drop<T>(_ type: T.Type) {
                    // Safe: it was initialised above.
                    _ = unsafe (start + element.offset).assumingMemoryBound(to: T.self).deinitialize(count: 1)
                }
                _openExistential(element.type, do: drop)
            }
            throw error
        }
        // Safe: all elements are there, so the tuple is.
        return unsafe room.move()
    }
}

/// A value of a type that cannot travel.
struct NotCodable: Error {
    let type: any Any.Type
}
