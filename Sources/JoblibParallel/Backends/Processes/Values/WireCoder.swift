internal import JoblibCoding

/// The transport of a call, with the arrays that travel beside its messages.
struct WireCoder {
    private let transport: any Transport
    /// The binary transport's; with it, big arrays travel beside the message.
    private let limits: CodingLimits?
    private let sink: (any ArraySink)?
    private let source: (any ArraySource)?

    init(_ transport: any Transport, sink: (any ArraySink)? = nil, source: (any ArraySource)? = nil) {
        self.transport = transport
        self.limits = (transport as? BinaryTransport)?.limits
        self.sink = sink
        self.source = source
    }

    func encode<T: Encodable>(_ value: T) throws -> [UInt8] {
        guard let limits else { return try transport.encode(value) }
        return try BinaryEncoder(limits: limits, arraySink: sink).encode(value)
    }

    func decode<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) throws -> T {
        guard let limits else { return try transport.decode(type, from: bytes) }
        return try BinaryDecoder(limits: limits, arraySource: source).decode(type, from: bytes)
    }
}
