/// Reads literals of text, integers, truth values, tuples, lists and dictionaries; nothing is ever run.
struct PythonLiteralParser {
    /// Why a text is no such literal.
    struct Problem: Error {
        var reason: String
        var place: Int
    }

    /// Values within values, more than any header has.
    private static let deepest = 20

    private let bytes: [UInt8]
    private var place = 0
    private var depth = 0

    /// The value that a text consists of, but for space around it.
    static func parse(_ bytes: [UInt8]) throws(Problem) -> PythonLiteral {
        var parser = Self(bytes: bytes)
        let value = try parser.value()
        parser.skipSpace()
        guard parser.place == bytes.count else { throw parser.problem("something follows the value") }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private func problem(_ reason: String) -> Problem { Problem(reason: reason, place: place) }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || (9...13).contains(byte) { place += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard next == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private mutating func value() throws(Problem) -> PythonLiteral {
        skipSpace()
        guard let first = next else { throw problem("the text ends where a value should be") }
        depth += 1
        defer { depth -= 1 }
        if depth > Self.deepest { throw problem("values are nested more than \(Self.deepest) deep") }
        switch first {
        case UInt8(ascii: "'"), UInt8(ascii: "\""): return .text(try text(quote: first))
        case UInt8(ascii: "("): return try parenthesized()
        case UInt8(ascii: "["):
            place += 1
            return .list(try items(until: "]").items)
        case UInt8(ascii: "{"): return try dictionary()
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): return .integer(try integer())
        default: return try word()
        }
    }

    private mutating func word() throws(Problem) -> PythonLiteral {
        for (word, value) in [("True", PythonLiteral.boolean(true)), ("False", .boolean(false)), ("None", .none)]
        where bytes[place...].starts(with: word.utf8) {
            place += word.utf8.count
            return value
        }
        throw problem("neither text, number, True, False, None, tuple, list nor dictionary")
    }

    private mutating func integer() throws(Problem) -> Int {
        let start = place
        if next == UInt8(ascii: "-") { place += 1 }
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { place += 1 }
        guard let value = Int(String(decoding: bytes[start..<place], as: UTF8.self)) else {
            throw problem("a number that is none, or too large")
        }
        // Python 2 wrote long integers so.
        if next == UInt8(ascii: "L") { place += 1 }
        return value
    }

    private mutating func parenthesized() throws(Problem) -> PythonLiteral {
        place += 1
        let (items, endsWithComma) = try items(until: ")")
        // One value in parentheses is that value; only the comma makes it a tuple.
        return items.count == 1 && !endsWithComma ? items[0] : .tuple(items)
    }

    private mutating func items(
        until end: Unicode.Scalar
    ) throws(Problem) -> (items: [PythonLiteral], endsWithComma: Bool) {
        var items: [PythonLiteral] = []
        while !take(end) {
            items.append(try value())
            if take(",") {
                if take(end) { return (items, true) }
            } else if take(end) {
                break
            } else {
                throw problem("a comma or \(end) is missing")
            }
        }
        return (items, false)
    }

    private mutating func dictionary() throws(Problem) -> PythonLiteral {
        place += 1
        var pairs: [PythonLiteral.Pair] = []
        while !take("}") {
            let key = try value()
            guard take(":") else { throw problem("a colon is missing") }
            pairs.append(PythonLiteral.Pair(key: key, value: try value()))
            if take(",") { continue }
            guard take("}") else { throw problem("a comma or } is missing") }
            break
        }
        return .dictionary(pairs)
    }

    private mutating func text(quote: UInt8) throws(Problem) -> String {
        place += 1
        var result: [UInt8] = []
        while let byte = next {
            place += 1
            if byte == quote {
                guard let text = String(validating: result, as: UTF8.self) else { throw problem("text is not UTF-8") }
                return text
            }
            if byte == UInt8(ascii: "\\") {
                result += try escaped()
            } else {
                result.append(byte)
            }
        }
        throw problem("a text has no end")
    }

    private mutating func escaped() throws(Problem) -> [UInt8] {
        guard let byte = next else { throw problem("a text has no end") }
        place += 1
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): return [byte]
        case UInt8(ascii: "n"): return [0x0a]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "r"): return [0x0d]
        case UInt8(ascii: "x"): return try codePoint(digits: 2)
        case UInt8(ascii: "u"): return try codePoint(digits: 4)
        case UInt8(ascii: "U"): return try codePoint(digits: 8)
        default: throw problem("an escape sequence that is not known")
        }
    }

    private mutating func codePoint(digits: Int) throws(Problem) -> [UInt8] {
        let end = place + digits
        guard end <= bytes.count, bytes[place..<end].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let number = UInt32(String(decoding: bytes[place..<end], as: UTF8.self), radix: 16),
            let scalar = Unicode.Scalar(number)
        else { throw problem("an escape sequence that is not known") }
        place = end
        return Array(String(scalar).utf8)
    }
}
