/// Runs a unit's line number program: DWARF 4 and 5, section 6.2.5.
struct LineProgram {
    /// A line of the table, as far as it is used.
    struct Row {
        var address: UInt64
        var file: UInt64
        var line: UInt64
        var column: UInt64
    }

    private let header: LineProgramHeader
    private var reader: ByteReader
    private var operation: UInt64 = 0
    private var row = Row(address: 0, file: 1, line: 1, column: 0)

    init(_ header: LineProgramHeader, _ unit: ByteReader) {
        self.header = header
        reader = unit
        reader.skip(max(header.program - unit.position, 0))
    }

    /// Calls `body` for each row and whether it ends a sequence, in which case it holds only the address behind the
    /// sequence. Takes time in proportion to the bytes, whatever they are.
    mutating func run(_ body: (Row, _ endsSequence: Bool) -> Void) {
        while !reader.isAtEnd {
            let opcode = reader.byte()
            if opcode >= header.opcodeBase {
                special(opcode)
                body(row, false)
                continue
            }
            switch opcode {
            case 0: if extended() { end(body) }
            case 1: body(row, false)
            case 2: advance(reader.unsigned())
            case 3: row.line = row.line &+ UInt64(bitPattern: reader.signed())
            case 4: row.file = reader.unsigned()
            case 5: row.column = reader.unsigned()
            case 6, 7, 10, 11: break
            case 8: advance(UInt64((255 - header.opcodeBase) / header.lineRange))
            case 9:
                row.address = row.address &+ UInt64(reader.integer(UInt16.self))
                operation = 0
            case 12: _ = reader.unsigned()
            default:
                let count = Int(opcode) - 1 < header.operandCounts.count ? header.operandCounts[Int(opcode) - 1] : 0
                for _ in 0..<count { _ = reader.unsigned() }
            }
        }
    }

    private mutating func end(_ body: (Row, Bool) -> Void) {
        body(row, true)
        row = Row(address: 0, file: 1, line: 1, column: 0)
        operation = 0
    }

    private mutating func special(_ opcode: UInt8) {
        let adjusted = opcode - header.opcodeBase
        advance(UInt64(adjusted / header.lineRange))
        let step = Int64(header.lineBase) + Int64(adjusted % header.lineRange)
        row.line = row.line &+ UInt64(bitPattern: step)
    }

    private mutating func advance(_ count: UInt64) {
        let operations = operation &+ count
        let instructions = operations / header.operationsPerInstruction
        row.address = row.address &+ header.minimumInstructionLength &* instructions
        operation = operations % header.operationsPerInstruction
    }

    /// True for the end of a sequence.
    private mutating func extended() -> Bool {
        let length = Int(clamping: reader.unsigned())
        guard length > 0, length <= reader.remaining else {
            // Of length 0: nothing follows. Otherwise the rest of the unit cannot be understood.
            if length > 0 { reader.fail() }
            return false
        }
        let next = reader.position + length
        let opcode = reader.byte()
        switch (opcode, length) {
        case (1, _): break
        case (2, 9):
            row.address = reader.integer()
            operation = 0
        case (2, 5):
            row.address = UInt64(reader.integer(UInt32.self))
            operation = 0
        default: break
        }
        reader.skip(next - reader.position)
        return opcode == 1
    }
}
