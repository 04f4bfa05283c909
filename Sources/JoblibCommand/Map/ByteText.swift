/// Bytes that need not be UTF-8, such as names of files, as strings and back, and for the eyes of people.
enum ByteText {
    /// What stands for a byte that is no part of UTF-8: this plus the byte, in a range for private use.
    private static let escapes: UInt32 = 0x10FF00

    /// A string for each sequence of bytes, from which ``bytes(_:)`` makes the same bytes again.
    ///
    /// UTF-8 stays as it is. Bytes that are not are written as characters for private use, and so are the bytes of
    /// these characters, should anybody use them.
    static func string(_ bytes: [UInt8]) -> String {
        if let plain = String(validating: bytes, as: UTF8.self), !plain.unicodeScalars.contains(where: isEscape) {
            return plain
        }
        var text = String.UnicodeScalarView()
        var place = 0
        while place < bytes.count {
            let end = min(place + length(bytes[place]), bytes.count)
            if let plain = String(validating: bytes[place..<end], as: UTF8.self),
                let scalar = plain.unicodeScalars.first,
                !isEscape(scalar)
            {
                text.append(scalar)
                place = end
            } else {
                if let scalar = Unicode.Scalar(escapes + UInt32(bytes[place])) { text.append(scalar) }
                place += 1
            }
        }
        return String(text)
    }

    /// The bytes for which ``string(_:)`` has made a string.
    static func bytes(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            if isEscape(scalar) {
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            } else {
                bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
        return bytes
    }

    /// One line of text for a message: at most some 200 characters, and nothing that commands a terminal.
    static func readable(_ bytes: [UInt8], limit: Int = 200) -> String {
        let text = String(decoding: bytes.prefix(4 * limit), as: UTF8.self).unicodeScalars
        var line = ""
        for scalar in text.prefix(limit) {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: line += "?"
            default: line.unicodeScalars.append(scalar)
            }
        }
        return text.count > limit || bytes.count > 4 * limit ? line + "…" : line
    }

    /// All of some bytes on one line, with escapes for what would command a terminal, end the line or be no text: `\n`,
    /// `\x1b`.
    static func escaped(_ bytes: [UInt8]) -> [UInt8] {
        // Nearly always.
        if bytes.allSatisfy({ (0x20..<0x7F).contains($0) }) { return bytes }
        var line: [UInt8] = []
        for scalar in string(bytes).unicodeScalars {
            switch scalar {
            case "\n": line += Array("\\n".utf8)
            case "\t": line += Array("\\t".utf8)
            case "\r": line += Array("\\r".utf8)
            case _ where isEscape(scalar): line += hexadecimal(UInt8(truncatingIfNeeded: scalar.value))
            default:
                let bytes = Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
                switch scalar.properties.generalCategory {
                case .control, .lineSeparator, .paragraphSeparator: line += bytes.flatMap(hexadecimal)
                default: line += bytes
                }
            }
        }
        return line
    }

    private static func hexadecimal(_ byte: UInt8) -> [UInt8] {
        let digits = String(byte, radix: 16)
        return Array((digits.count < 2 ? "\\x0" : "\\x").utf8) + digits.utf8
    }

    /// Words as a shell would have to be given them, on one line.
    static func shellLine(_ words: [[UInt8]]) -> [UInt8] {
        Array(words.map(shellWord).joined(separator: [UInt8(ascii: " ")]))
    }

    /// A word as a shell would have to be given it: as it is, or between quotes; `$'…'` for what no line can hold.
    private static func shellWord(_ word: [UInt8]) -> [UInt8] {
        if !word.isEmpty, word.allSatisfy(isHarmless) { return word }
        let quote = UInt8(ascii: "'")
        let isText = String(validating: word, as: UTF8.self) != nil
        if isText, word.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) {
            var quoted: [UInt8] = [quote]
            for byte in word {
                if byte == quote { quoted += Array("'\\''".utf8) } else { quoted.append(byte) }
            }
            return quoted + [quote]
        }
        var quoted = Array("$'".utf8)
        for byte in word {
            switch byte {
            case quote, UInt8(ascii: "\\"): quoted += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): quoted += Array("\\n".utf8)
            case UInt8(ascii: "\t"): quoted += Array("\\t".utf8)
            case 0x20..<0x7F: quoted.append(byte)
            case 0x80... where isText: quoted.append(byte)
            default:
                let digits = String(byte, radix: 8)
                // Three digits: what follows may be a digit, too.
                quoted += Array(("\\" + String(repeating: "0", count: 3 - digits.count) + digits).utf8)
            }
        }
        return quoted + [quote]
    }

    private static func isHarmless(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "_-./,:+@%=".utf8.contains(byte)
        }
    }

    private static func isEscape(_ scalar: Unicode.Scalar) -> Bool {
        (escapes...escapes + 0xFF).contains(scalar.value)
    }

    /// How long a character of UTF-8 is that begins with this byte.
    private static func length(_ lead: UInt8) -> Int {
        switch lead {
        case 0xC0..<0xE0: 2
        case 0xE0..<0xF0: 3
        case 0xF0...: 4
        default: 1
        }
    }
}
