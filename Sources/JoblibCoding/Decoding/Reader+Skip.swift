extension Reader {
    /// Containers from this many bytes on are skipped once at most.
    private static let longContainer = 4096

    /// Goes past one value.
    func skip(_ position: inout Int, depth: Int) throws(ReadProblem) {
        guard depth < limits.depth else { throw .tooDeep(limits.depth) }
        let begin = position
        let token = try byte(&position)
        switch token {
        case ...0x7f, 0xc0...0xcf, Token.null, Token.no, Token.yes, Token.nothing, Token.absent: break
        case Token.shortString...0xbf: _ = unsafe try bytes(Int(token & 0x3f), &position)
        case Token.longString:
            let count = try length(&position)
            position += count
        case Token.integer8: _ = try fixed(Int8.self, &position)
        case Token.integer16: _ = try fixed(Int16.self, &position)
        case Token.integer32, Token.float: _ = try fixed(Int32.self, &position)
        case Token.integer64, Token.unsigned64, Token.double: _ = try fixed(Int64.self, &position)
        case Token.integer128, Token.unsigned128: _ = try fixed(Int128.self, &position)
        case Token.some: try skip(&position, depth: depth + 1)
        case Token.run:
            position = begin
            _ = try run(&position)
        case Token.handle:
            position = begin
            _ = try handle(&position)
        case Token.keyed, Token.unkeyed:
            if let end = ends[begin] {
                position = end
                return
            }
            if token == Token.keyed {
                try skipEntries(&position, depth: depth)
            } else {
                for _ in 0..<(try elementCount(&position)) { try skip(&position, depth: depth + 1) }
            }
            if position - begin >= Self.longContainer { ends[begin] = position }
        default: throw .malformed("a byte that begins no value", at: begin)
        }
    }

    /// Goes past the pairs that are left of a container with keys.
    func skipEntries(_ position: inout Int, depth: Int) throws(ReadProblem) {
        while true {
            switch try variable(&position) {
            case KeyToken.end: return
            case KeyToken.inline:
                let count = try length(&position)
                position += count
            default: break
            }
            try skip(&position, depth: depth + 1)
        }
    }

    /// The number of values in a container without keys; each takes a byte at least.
    @inline(__always)
    func elementCount(_ position: inout Int) throws(ReadProblem) -> Int {
        let count = try fixed(UInt32.self, &position)
        guard count <= end - position else { throw .ends(at: end) }
        return Int(count)
    }
}
