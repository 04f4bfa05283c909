/// What a worker tells its program.
enum WorkerReport: Sendable {
    /// The worker takes orders.
    case ready
    /// It can't be a worker, or can't run the batches of a call.
    case refused(Refusal)
    /// What came of a batch, or of its next tasks.
    case batch(BatchReport)
    case log(LogReport)

    /// Why a worker does not take part.
    struct Refusal: Sendable {
        enum Kind: UInt8, Sendable {
            case version, function, initializer, machinery
        }

        var kind: Kind
        var text: String
        /// The call that it is about; nil: all.
        var run: Int?
    }

    func write() -> [UInt8] {
        var writer = MessageWriter()
        switch self {
        case .ready: writer.put(byte: 1)
        case .refused(let refusal):
            writer.put(byte: 2)
            writer.put(byte: refusal.kind.rawValue)
            writer.put(refusal.text)
            writer.put(refusal.run) { $0.put($1) }
        case .batch(let report):
            writer.put(byte: 3)
            report.write(to: &writer)
        case .log(let report):
            writer.put(byte: 4)
            report.write(to: &writer)
        }
        return writer.bytes
    }

    init(_ bytes: [UInt8]) throws(MessageReader.Damage) {
        var reader = MessageReader(bytes)
        switch try reader.byte() {
        case 1: self = .ready
        case 2:
            guard let kind = Refusal.Kind(rawValue: try reader.byte()) else { throw MessageReader.Damage() }
            let text = try reader.text()
            let run = try reader.optional { reader throws(MessageReader.Damage) in try reader.integer() }
            self = .refused(Refusal(kind: kind, text: text, run: run))
        case 3: self = .batch(try BatchReport(from: &reader))
        case 4: self = .log(try LogReport(from: &reader))
        default: throw MessageReader.Damage()
        }
    }
}
