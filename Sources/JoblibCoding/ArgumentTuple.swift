/// The arguments of a call, or a result of several parts, as one message.
///
/// `BinaryDecoder().decode(ArgumentTuple<[Double], Int>.self, from: bytes).values` is a `([Double], Int)`.
package struct ArgumentTuple<each Argument: Codable>: Codable {
    package var values: (repeat each Argument)

    package init(_ values: repeat each Argument) {
        self.values = (repeat each values)
    }

    package init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        // In a function of its own, whose result is stored last: Swift 6.3 crashes on a throw after the property is set.
        values = try Self.read(&container)
    }

    private static func read(_ container: inout any UnkeyedDecodingContainer) throws -> (repeat each Argument) {
        let values = (repeat try container.decode((each Argument).self))
        if !container.isAtEnd {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "more values than arguments")
        }
        return values
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        repeat try container.encode(each values)
    }
}

extension ArgumentTuple: Sendable where repeat each Argument: Sendable {}
