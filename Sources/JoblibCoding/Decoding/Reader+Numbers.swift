extension Reader {
    /// An integer of any size that fits into `T`; also a whole floating-point number.
    @inline(__always)
    func integer<T: FixedWidthInteger>(_ type: T.Type, _ position: inout Int) throws(ReadProblem) -> T {
        let token = try peek(position)
        if token <= 0x7f {
            position &+= 1
            return T(truncatingIfNeeded: token)
        }
        return try longInteger(type, token, &position)
    }

    func longInteger<T: FixedWidthInteger>(
        _ type: T.Type,
        _ token: UInt8,
        _ position: inout Int
    ) throws(ReadProblem) -> T {
        var next = position + 1
        let value: T?
        switch token {
        case 0xc0...0xcf: value = T(exactly: Token.smallestSmallInteger + Int64(token - Token.smallNegative))
        case Token.integer8: value = T(exactly: try fixed(Int8.self, &next))
        case Token.integer16: value = T(exactly: try fixed(Int16.self, &next))
        case Token.integer32: value = T(exactly: try fixed(Int32.self, &next))
        case Token.integer64: value = T(exactly: try fixed(Int64.self, &next))
        case Token.unsigned64: value = T(exactly: try fixed(UInt64.self, &next))
        case Token.integer128: value = T(exactly: try fixed(Int128.self, &next))
        case Token.unsigned128: value = T(exactly: try fixed(UInt128.self, &next))
        case Token.float: value = T(exactly: Float(bitPattern: try fixed(UInt32.self, &next)))
        case Token.double: value = T(exactly: Double(bitPattern: try fixed(UInt64.self, &next)))
        default: throw .mismatch("an integer", found: token)
        }
        guard let value else {
            let text = number(token, position + 1)
            throw ReadProblem(kind: .mismatch, reason: "the number \(text) does not fit into \(T.self)")
        }
        position = next
        return value
    }

    /// The number of `token`, for a message.
    private func number(_ token: UInt8, _ position: Int) -> String {
        var position = position - 1
        if token == Token.float || token == Token.double {
            return (try? double(&position)).map { "\($0)" } ?? "there"
        }
        if token == Token.unsigned128 {
            return (try? longInteger(UInt128.self, token, &position)).map { "\($0)" } ?? "there"
        }
        return (try? longInteger(Int128.self, token, &position)).map { "\($0)" } ?? "there"
    }

    /// A floating-point number, or an integer that a `Double` holds exactly.
    @inline(__always)
    func double(_ position: inout Int) throws(ReadProblem) -> Double {
        let token = try peek(position)
        var next = position + 1
        if token == Token.double {
            let bits = try fixed(UInt64.self, &next)
            position = next
            return Double(bitPattern: bits)
        }
        if token == Token.float {
            let bits = try fixed(UInt32.self, &next)
            position = next
            return Double(Float(bitPattern: bits))
        }
        return try wholeNumber(&position)
    }

    /// A floating-point number that a `Float` holds without becoming infinite, or an integer that it holds exactly.
    @inline(__always)
    func float(_ position: inout Int) throws(ReadProblem) -> Float {
        let token = try peek(position)
        var next = position + 1
        if token == Token.float {
            let bits = try fixed(UInt32.self, &next)
            position = next
            return Float(bitPattern: bits)
        }
        if token == Token.double {
            let value = Double(bitPattern: try fixed(UInt64.self, &next))
            let rounded = Float(value)
            guard rounded.isFinite || !value.isFinite else {
                throw ReadProblem(kind: .mismatch, reason: "the number \(value) does not fit into Float")
            }
            position = next
            return rounded
        }
        return try wholeNumber(&position)
    }

    private func wholeNumber<T: BinaryFloatingPoint>(_ position: inout Int) throws(ReadProblem) -> T {
        let token = try peek(position)
        guard token <= 0x7f || (0xc0...0xcf).contains(token) || (Token.integer8...Token.unsigned64).contains(token)
        else {
            throw .mismatch("a floating-point number", found: token)
        }
        var next = position
        let whole = try integer(Int128.self, &next)
        guard let value = T(exactly: whole) else {
            throw ReadProblem(kind: .mismatch, reason: "the number \(whole) does not fit into \(T.self)")
        }
        position = next
        return value
    }

    @inline(__always)
    func bool(_ position: inout Int) throws(ReadProblem) -> Bool {
        let token = try peek(position)
        guard token == Token.yes || token == Token.no else { throw .mismatch("a Boolean", found: token) }
        position &+= 1
        return token == Token.yes
    }

    @inline(__always)
    func string(_ position: inout Int) throws(ReadProblem) -> String {
        let token = try peek(position)
        var next = position + 1
        let count: Int
        if token >= Token.shortString, token <= Token.shortString + 0x3f {
            count = Int(token & 0x3f)
        } else if token == Token.longString {
            count = try length(&next)
        } else {
            throw .mismatch("a string", found: token)
        }
        let text = try text(count, &next)
        position = next
        return text
    }
}
