/// What a program tells a worker.
enum WorkerOrder: Sendable {
    /// Get ready for the batches of a call.
    case open(RunOrder)
    case batch(BatchOrder)
    /// The call is over.
    case close(run: Int)
    /// These segments will not be named again.
    case drop(segments: [UInt64])
    case end

    func write() -> [UInt8] {
        var writer = MessageWriter()
        switch self {
        case .open(let order):
            writer.put(byte: 1)
            order.write(to: &writer)
        case .batch(let order):
            writer.put(byte: 2)
            order.write(to: &writer)
        case .close(let run):
            writer.put(byte: 3)
            writer.put(run)
        case .drop(let segments):
            writer.put(byte: 4)
            writer.put(each: segments) { $0.put($1) }
        case .end: writer.put(byte: 5)
        }
        return writer.bytes
    }

    init(_ bytes: [UInt8]) throws(MessageReader.Damage) {
        var reader = MessageReader(bytes)
        switch try reader.byte() {
        case 1: self = .open(try RunOrder(from: &reader))
        case 2: self = .batch(try BatchOrder(from: &reader))
        case 3: self = .close(run: try reader.integer())
        case 4:
            self = .drop(segments: try reader.array { reader throws(MessageReader.Damage) in try reader.unsigned() })
        case 5: self = .end
        default: throw MessageReader.Damage()
        }
    }
}
