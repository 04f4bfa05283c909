/// An error of a task on its way from a worker.
struct RemoteError: Sendable {
    enum Kind: UInt8, Sendable {
        /// The function threw.
        case threw
        /// It threw a `CancellationError` after it was told to stop.
        case cancelled
        /// The result can't be encoded.
        case unreadableResult
    }

    var kind: Kind
    /// The error's type, as Swift writes it.
    var type: String
    /// What the error says of itself.
    var text: String
    /// The error itself, when its type is Codable: its portable type and its bytes.
    var value: (type: [UInt8], bytes: [UInt8])?
    /// Where it was thrown: addresses, which the parent turns into names.
    var stack: [UInt8] = []

    func write(to writer: inout MessageWriter) {
        writer.put(byte: kind.rawValue)
        writer.put(type)
        writer.put(text)
        writer.put(value) { writer, value in
            writer.put(value.type)
            writer.put(value.bytes)
        }
        writer.put(stack)
    }

    init(from reader: inout MessageReader) throws(MessageReader.Damage) {
        typealias Damage = MessageReader.Damage
        guard let kind = Kind(rawValue: try reader.byte()) else { throw Damage() }
        self.kind = kind
        type = try reader.text()
        text = try reader.text()
        value = try reader.optional { reader throws(Damage) in (try reader.part(), try reader.part()) }
        stack = try reader.part()
    }

    init(kind: Kind, type: String, text: String, value: (type: [UInt8], bytes: [UInt8])? = nil) {
        self.kind = kind
        self.type = type
        self.text = text
        self.value = value
    }
}
