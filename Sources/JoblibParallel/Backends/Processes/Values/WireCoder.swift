internal import JoblibCoding

/// The transport of a call, looked at once.
struct WireFormat: Sendable {
    fileprivate let transport: any Transport
    /// The binary transport's; with it, big arrays travel beside the message.
    fileprivate let limits: CodingLimits?

    init(_ transport: any Transport) {
        self.transport = transport
        limits = (transport as? BinaryTransport)?.limits
    }
}

/// A call's transport, with the arrays that travel beside one of its messages.
struct WireCoder {
    private let format: WireFormat
    private let sink: (any ArraySink)?
    private let source: (any ArraySource)?

    init(_ format: WireFormat, sink: (any ArraySink)? = nil, source: (any ArraySource)? = nil) {
        self.format = format
        self.sink = sink
        self.source = source
    }

    /// True when the bytes of numbers are their bytes in memory.
    var copiesNumbers: Bool { format.limits != nil }

    func encode<T: Encodable>(_ value: T) throws -> [UInt8] {
        guard let limits = format.limits else { return try format.transport.encode(value) }
        return try BinaryEncoder(limits: limits, arraySink: sink).encode(value)
    }

    func decode<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) throws -> T {
        guard let limits = format.limits else { return try format.transport.decode(type, from: bytes) }
        return try BinaryDecoder(limits: limits, arraySource: source).decode(type, from: bytes)
    }
}
