internal import JoblibCoding
internal import JoblibSystem

/// A transport's way to the workers: the name of its type, and its value where the type is Codable.
enum TransportName {
    static func bytes(of transport: any Transport) throws -> [UInt8] {
        var writer = MessageWriter()
        switch transport {
        case let binary as BinaryTransport:
            writer.put(byte: 0)
            writer.put(binary.limits.depth)
            writer.put(binary.limits.bytes)
        case is JSONTransport: writer.put(byte: 1)
        case let own as any Transport & Codable:
            writer.put(byte: 2)
            writer.put(try TypeName.bytes(of: type(of: own)))
            writer.put(try BinaryEncoder().encode(own))
        default: throw JoblibError.transportNotCodable(type(of: transport))
        }
        return writer.bytes
    }

    static func transport(_ bytes: [UInt8]) throws -> any Transport {
        var reader = MessageReader(bytes)
        switch try reader.byte() {
        case 0:
            return BinaryTransport(limits: CodingLimits(depth: try reader.integer(), bytes: try reader.integer()))
        case 1: return .json
        case 2:
            let name = try reader.part()
            let bytes = try reader.part()
            guard let type = try TypeName.type(name) as? any (Transport & Codable).Type else {
                throw MessageReader.Damage()
            }
            return try decode(type, bytes)
        default: throw MessageReader.Damage()
        }
    }

    private static func decode<T: Transport & Codable>(_ type: T.Type, _ bytes: [UInt8]) throws -> any Transport {
        try BinaryDecoder().decode(type, from: bytes)
    }
}
