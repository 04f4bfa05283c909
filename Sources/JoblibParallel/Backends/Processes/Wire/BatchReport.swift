/// What came of the tasks of a batch, in order; a batch that takes long is reported in several parts.
struct BatchReport: Sendable {
    /// A task that failed.
    struct Failure: Sendable {
        /// Counted from the batch's first task.
        var offset: Int
        var error: RemoteError
    }

    /// How the tasks of the part came out.
    enum Outcome: Sendable {
        /// The results of those that did not fail.
        case results(Payload)
        /// The tasks could not be decoded, and none has run.
        case undecodable(RemoteError)
    }

    /// As ``BatchOrder/number``.
    var number: UInt64
    /// Nothing more will come of the batch.
    var isLast: Bool
    /// How many tasks this part is about.
    var count: Int
    var failures: [Failure]
    var outcome: Outcome
    /// What was sent beside it, whether it is asked for or not.
    var segments: [UInt64]
    /// On the monotonic clock.
    var started: UInt64
    var ended: UInt64
    /// How much memory the worker uses, in bytes; 0 when nobody has asked.
    var memory: Int

    func write(to writer: inout MessageWriter) {
        writer.put(number)
        writer.put(isLast)
        writer.put(count)
        writer.put(each: failures) { writer, failure in
            writer.put(failure.offset)
            failure.error.write(to: &writer)
        }
        switch outcome {
        case .results(let payload):
            writer.put(byte: 0)
            payload.write(to: &writer)
        case .undecodable(let error):
            writer.put(byte: 1)
            error.write(to: &writer)
        }
        writer.put(each: segments) { $0.put($1) }
        writer.put(started)
        writer.put(ended)
        writer.put(memory)
    }

    init(from reader: inout MessageReader) throws(MessageReader.Damage) {
        number = try reader.unsigned()
        isLast = try reader.flag()
        count = try reader.integer()
        failures = try reader.array { reader throws(MessageReader.Damage) in
            Failure(offset: try reader.integer(), error: try RemoteError(from: &reader))
        }
        switch try reader.byte() {
        case 0: outcome = .results(try Payload(from: &reader))
        case 1: outcome = .undecodable(try RemoteError(from: &reader))
        default: throw MessageReader.Damage()
        }
        segments = try reader.array { reader throws(MessageReader.Damage) in try reader.unsigned() }
        started = try reader.unsigned()
        ended = try reader.unsigned()
        memory = try reader.integer()
        guard count >= 0 else { throw MessageReader.Damage() }
    }

    init(
        number: UInt64,
        isLast: Bool,
        count: Int,
        failures: [Failure],
        outcome: Outcome,
        segments: [UInt64],
        started: UInt64,
        ended: UInt64,
        memory: Int
    ) {
        self.number = number
        self.isLast = isLast
        self.count = count
        self.failures = failures
        self.outcome = outcome
        self.segments = segments
        self.started = started
        self.ended = ended
        self.memory = memory
    }
}
