/// Writes values as compact bytes that ``BinaryDecoder`` reads.
///
/// README.md in this module describes the bytes. A value is written by its `Encodable` conformance; arrays of numbers
/// are copied as they are in memory.
package struct BinaryEncoder {
    package var limits: CodingLimits

    /// Sets, dictionaries and all keys are sorted by their bytes, so that equal values of a type make equal bytes in any
    /// process and on any machine. Strings are equal here if their UTF-8 bytes are, numbers if their bits are.
    package var isCanonical: Bool

    /// Takes big arrays out of the message.
    package var arraySink: (any ArraySink)?

    package var userInfo: [CodingUserInfoKey: Any]

    package init(
        limits: CodingLimits = CodingLimits(),
        canonical: Bool = false,
        arraySink: (any ArraySink)? = nil,
        userInfo: [CodingUserInfoKey: Any] = [:]
    ) {
        self.limits = limits
        isCanonical = canonical
        self.arraySink = arraySink
        self.userInfo = userInfo
    }

    /// The message for `value`.
    ///
    /// Throws ``CodingFailure``.
    package func encode<T: Encodable>(_ value: T) throws -> [UInt8] {
        // Safe: the bytes are copied at once.
        try unsafe withEncodedBytes(of: value) { unsafe Array($0) }
    }

    /// Calls `body` with the message for `value`, without a copy of it.
    ///
    /// Throws ``CodingFailure``, or what `body` throws.
    package func withEncodedBytes<T: Encodable, R>(
        of value: T,
        _ body: (UnsafeRawBufferPointer) throws -> R
    ) throws -> R {
        let writer = try written(value)
        // Safe: the writer is alive, and nobody else can change it any more.
        return try withExtendedLifetime(writer) { try unsafe body(writer.written) }
    }

    private func written<T: Encodable>(_ value: T) throws -> Writer {
        let session = EncodingSession(self)
        let writer = Writer(session, capacity: 256)
        do {
            try writer.reserve(MessageHeader.size)
            writer.store(UInt64(0))
            try writer.encode(value)
            if let error = session.deferred { throw error }
            let body = writer.count - MessageHeader.size
            try writer.reserve(10)
            writer.storeVariable(UInt64(session.keys.count))
            for key in session.keys { try writer.putName(key) }
            guard writer.count <= limits.bytes else { throw writer.problem(.tooLong(limits.bytes)) }
            let flags = UInt64(isCanonical ? MessageHeader.canonicalFlag : 0)
            writer.overwrite(UInt64(MessageHeader.version) | flags << 8 | UInt64(body) << 16, at: 0)
            return writer
        } catch {
            throw CodingFailure.from(
                session.deferred ?? error,
                .encode,
                type: T.self,
                path: session.failurePath ?? []
            )
        }
    }
}
