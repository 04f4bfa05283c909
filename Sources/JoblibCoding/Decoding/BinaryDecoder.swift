/// Reads the bytes that ``BinaryEncoder`` writes.
///
/// Bytes that are no message, or a damaged one, are an error: they never stop the program, and what they make the
/// decoder allocate is in proportion to their number.
package struct BinaryDecoder {
    package var limits: CodingLimits

    /// Brings the arrays that travel beside messages.
    package var arraySource: (any ArraySource)?

    package var userInfo: [CodingUserInfoKey: Any]

    package init(
        limits: CodingLimits = CodingLimits(),
        arraySource: (any ArraySource)? = nil,
        userInfo: [CodingUserInfoKey: Any] = [:]
    ) {
        self.limits = limits
        self.arraySource = arraySource
        self.userInfo = userInfo
    }

    /// The value in a message that `bytes` hold from their first to their last.
    ///
    /// Throws ``CodingFailure``.
    package func decode<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) throws -> T {
        // Safe: the array holds the bytes during the call.
        try unsafe bytes.withUnsafeBytes { try unsafe decode(type, from: $0) }
    }

    /// The value in a message that `bytes` hold from their first to their last.
    ///
    /// Throws ``CodingFailure``.
    package func decode<T: Decodable>(_ type: T.Type, from bytes: UnsafeRawBufferPointer) throws -> T {
        var reader: Reader?
        // Decoders that a type kept see no bytes any more.
        defer { reader?.release() }
        do {
            let opened = unsafe try open(bytes)
            reader = opened
            var position = MessageHeader.size
            let root = ValueReader(opened, parent: nil, step: nil, start: position, depth: -1)
            let value = try root.decode(type, at: &position)
            guard position == opened.end else {
                throw root.failure(.malformed("more bytes after the value", at: position), type)
            }
            return value
        } catch let problem as ReadProblem {
            throw CodingFailure(.decode, problem.kind, type: type, reason: problem.reason)
        } catch {
            throw CodingFailure.from(error, .decode, type: type, path: reader?.failurePath ?? [])
        }
    }

    /// Checks the header and reads the table of keys.
    private func open(_ bytes: UnsafeRawBufferPointer) throws(ReadProblem) -> Reader {
        guard bytes.count <= limits.bytes else {
            throw ReadProblem(kind: .overLimit, reason: "the message is longer than \(limits.bytes) bytes")
        }
        let whole = unsafe Reader(body: bytes, keys: [], limits: limits)
        var position = 0
        let version = try whole.peek(0)
        guard version == MessageHeader.version else {
            let known = String(MessageHeader.version, radix: 16)
            let kind: CodingFailure.Kind =
                version & 0xf0 == MessageHeader.version & 0xf0 ? .unsupportedVersion : .malformed
            let reason = "the first byte is \(String(version, radix: 16)), not \(known): no message of a known version"
            throw ReadProblem(kind: kind, reason: reason)
        }
        let header = try whole.fixed(UInt64.self, &position)
        guard header >> 8 & 0xff & ~UInt64(MessageHeader.canonicalFlag) == 0 else {
            throw ReadProblem(kind: .unsupportedVersion, reason: "the message has flags of a later version")
        }
        let body = header >> 16
        guard body <= UInt64(bytes.count - MessageHeader.size) else { throw .ends(at: bytes.count) }
        let end = MessageHeader.size + Int(body)
        position = end
        var keys: [String] = []
        let count = try whole.length(&position)
        keys.reserveCapacity(min(count, 64))
        for _ in 0..<count {
            let length = try whole.length(&position)
            keys.append(try whole.text(length, &position))
        }
        guard position == bytes.count else { throw .malformed("more bytes after the message", at: position) }
        return unsafe Reader(
            body: UnsafeRawBufferPointer(rebasing: bytes[..<end]),
            keys: keys,
            limits: limits,
            source: arraySource,
            userInfo: userInfo
        )
    }
}
