/// The arguments of a call whose types are only known at run time; the same bytes as ``ArgumentTuple`` makes.
package struct ArgumentList: Encodable {
    package let values: [any Encodable]

    package init(_ values: [any Encodable]) {
        self.values = values
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        for value in values { try container.encode(value) }
    }

    /// Reads one value of each type, with any transport.
    ///
    /// Throws what the transport throws.
    package static func decode(
        _ types: [any Decodable.Type],
        from bytes: [UInt8],
        with transport: some Transport
    ) throws -> [any Decodable] {
        try ExpectedTypes.$current.withValue(ExpectedTypes(types: types)) {
            try transport.decode(DecodedList.self, from: bytes).values
        }
    }
}

/// What the list that is being decoded holds: a `Decodable` type itself cannot be told.
// Set and read by one thread in one call, so that the types do not travel.
private struct ExpectedTypes: @unchecked Sendable {
    let types: [any Decodable.Type]

    @TaskLocal static var current: ExpectedTypes?
}

private struct DecodedList: Decodable {
    let values: [any Decodable]

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        var values: [any Decodable] = []
        for type in ExpectedTypes.current?.types ?? [] {
            // The compiler opens the type only from a constant of exactly this type.
            let opened: any Decodable.Type = type
            values.append(try Self.next(opened, in: &container))
        }
        guard container.isAtEnd else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "more values than arguments")
        }
        self.values = values
    }

    private static func next<T: Decodable>(
        _ type: T.Type,
        in container: inout any UnkeyedDecodingContainer
    ) throws -> any Decodable {
        try container.decode(type)
    }
}
