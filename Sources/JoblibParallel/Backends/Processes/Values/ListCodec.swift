internal import JoblibCoding

/// How lists of values of one type become bytes, and bytes values again.
///
/// Found once for a call: what a generic function knows nothing about, such as that its `Element` is Codable, takes the
/// runtime a while to find out.
struct ListCodec<Value: Sendable>: Sendable {
    // These capture the type Value and its conformance, which the program declares for all its parts, and nothing else.
    nonisolated(unsafe) private let encoded: ([Value], WireCoder) throws -> [UInt8]
    // As above.
    nonisolated(unsafe) private let decoded: ([UInt8], WireCoder) throws -> [Value]

    @Sendable
    func encode(_ values: [Value], _ coder: WireCoder) throws -> [UInt8] { try unsafe encoded(values, coder) }

    @Sendable
    func decode(_ bytes: [UInt8], _ coder: WireCoder) throws -> [Value] { try unsafe decoded(bytes, coder) }

    /// - Throws: ``NotCodable`` naming the type that can't travel.
    init() throws(NotCodable) {
        if Value.self != Bool.self, let type = Value.self as? any RawElement.Type {
            self = Self.raw(type)
        } else if let type = Value.self as? any Codable.Type {
            self = Self.plain(type)
        } else if let obstacle = CodableShape.obstacle(in: Value.self) {
            throw NotCodable(type: obstacle)
        } else {
            unsafe encoded = { try $1.encode($0.map { TravellingValue($0) }) }
            unsafe decoded = { try $1.decode([TravellingValue<Value>].self, from: $0).map(\.value) }
        }
    }

    private init(
        encode: @escaping ([Value], WireCoder) throws -> [UInt8],
        decode: @escaping ([UInt8], WireCoder) throws -> [Value]
    ) {
        unsafe encoded = encode
        unsafe decoded = decode
    }

    /// Numbers, of which every pattern of bits is one: with the binary transport their bytes are copied as they are.
    private static func raw<T: RawElement>(_ type: T.Type) -> ListCodec {
        let coded: ListCodec? = (Value.self as? any Codable.Type).map { plain($0) }
        return ListCodec(
            encode: { values, coder in
                if !coder.copiesNumbers, let coded { return try coded.encode(values, coder) }
                // Safe: a raw element has no padding, so all bytes are initialised.
                return unsafe values.withUnsafeBytes { unsafe Array($0) }
            },
            decode: { bytes, coder in
                if !coder.copiesNumbers, let coded { return try coded.decode(bytes, coder) }
                let (count, rest) = bytes.count.quotientAndRemainder(dividingBy: MemoryLayout<Value>.stride)
                guard rest == 0 else { throw MessageReader.Damage() }
                // Safe: exactly the bytes of `count` elements are copied, and any bytes are such elements.
                return unsafe [Value](unsafeUninitializedCapacity: count) { buffer, filled in
                    unsafe bytes.withUnsafeBytes { unsafe UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
                    filled = count
                }
            }
        )
    }

    private static func plain<T: Codable>(_ type: T.Type) -> ListCodec {
        ListCodec(
            // Safe: T is Value, which the compiler can't see.
            encode: { try $1.encode(unsafe unsafeBitCast($0, to: [T].self)) },
            decode: { unsafe unsafeBitCast(try $1.decode([T].self, from: $0), to: [Value].self) }
        )
    }
}
