internal import JoblibSystem

/// The first frame that a worker receives, over its socket.
struct Greeting: Sendable {
    /// Of the messages in Wire/; both sides are the same program, so this only names what a build-id would.
    static let version = 1

    /// Which program this is.
    static let identity: [UInt8] = {
        var bytes: [UInt8] = []
        ProgramIdentity.current.write(to: &bytes)
        return bytes
    }()

    var version: Int
    var identity: [UInt8]
    /// The function that prepares a worker.
    var initializer: [UInt8]?
    var logLevel: String
    /// The worker says after each batch how much memory it uses.
    var tellsMemory: Bool
    /// How many the parent has counted: it takes a new process a third of a millisecond.
    var processors: Int
    var channel: SharedDescriptor
    var board: SharedDescriptor
    var bells: SharedDescriptor
    /// For the record of a crash.
    var crashes: SharedDescriptor

    func send(to socket: FrameSocket) throws(SystemError) {
        var writer = MessageWriter()
        writer.put(version)
        writer.put(identity)
        writer.put(initializer) { $0.put($1) }
        writer.put(logLevel)
        writer.put(tellsMemory)
        writer.put(processors)
        try socket.send(writer.bytes, descriptors: [channel.number, board.number, bells.number, crashes.number])
    }

    /// `nil` when the parent is gone.
    static func receive(from socket: FrameSocket) throws -> Greeting? {
        guard case .frame(let frame) = try socket.receive() else { return nil }
        guard frame.descriptors.count == 4 else { throw MessageReader.Damage() }
        var reader = MessageReader(frame.bytes)
        return Greeting(
            version: try reader.integer(),
            identity: try reader.part(),
            initializer: try reader.optional { reader throws(MessageReader.Damage) in try reader.part() },
            logLevel: try reader.text(),
            tellsMemory: try reader.flag(),
            processors: try reader.integer(),
            channel: frame.descriptors[0],
            board: frame.descriptors[1],
            bells: frame.descriptors[2],
            crashes: frame.descriptors[3]
        )
    }

    /// A program's identity as text.
    static func describe(_ identity: [UInt8]) -> String {
        var rest = identity[...]
        return ProgramIdentity(reading: &rest)?.description ?? "another program"
    }
}

/// The function that prepares a worker; it holds one function and nothing else, as ``PortableFunction`` asks.
struct WorkerInitializer: Sendable {
    let body: @Sendable () throws -> Void
}
