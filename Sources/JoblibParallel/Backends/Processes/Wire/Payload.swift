/// Encoded values: in the message itself, or beside it when they are long.
enum Payload: Sendable {
    case inline([UInt8])
    /// The first bytes of a segment of shared memory.
    case segment(UInt64, count: Int)

    /// From how many bytes on a message would fill too much of a ring.
    static let inlineLimit = 64 << 10

    /// Up to how many bytes a message may take through a ring, bit by bit, where it can't go beside it.
    static let ringLimit = 512 << 20

    func write(to writer: inout MessageWriter) {
        switch self {
        case .inline(let bytes):
            writer.put(byte: 0)
            writer.put(bytes)
        case .segment(let number, let count):
            writer.put(byte: 1)
            writer.put(number)
            writer.put(count)
        }
    }

    init(from reader: inout MessageReader) throws(MessageReader.Damage) {
        switch try reader.byte() {
        case 0: self = .inline(try reader.part())
        case 1: self = .segment(try reader.unsigned(), count: try reader.integer())
        default: throw MessageReader.Damage()
        }
    }
}
