/// Makes the words of a command.
struct WordSplitter {
    private let text: [UInt8]
    private let names: [String]
    private var place = 0
    private var result: [[CommandTemplate.Piece]] = []
    /// The word that is being read; nil between words.
    private var pieces: [CommandTemplate.Piece]?
    private var letters: [UInt8] = []
    private var isQuoted = false

    init(_ text: [UInt8], names: [String]) {
        self.text = text
        self.names = names
    }

    static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || (0x09...0x0D).contains(byte)
    }

    consuming func words() throws(CommandFailure) -> [[CommandTemplate.Piece]] {
        /// The quotation mark that has been opened.
        var quote: UInt8?
        while place < text.count {
            let byte = text[place]
            let next = place + 1 < text.count ? text[place + 1] : nil
            switch (byte, quote) {
            case (UInt8(ascii: "\\"), nil):
                guard let next else {
                    throw .wrongUse("The command ends with a backslash, which says something of what follows.")
                }
                add(next)
                isQuoted = true
                place += 1
            case (UInt8(ascii: "\\"), UInt8(ascii: "\"")):
                if let next, "\"\\{".utf8.contains(next) {
                    add(next)
                    place += 1
                } else {
                    add(byte)
                }
            case (UInt8(ascii: "'"), nil), (UInt8(ascii: "\""), nil):
                quote = byte
                isQuoted = true
                begin()
            case (byte, .some(byte)): quote = nil
            case (_, nil) where Self.isBlank(byte): try end()
            case (UInt8(ascii: "{"), _):
                if let (replacement, length) = Self.replacement(in: text[place...], names: names) {
                    begin()
                    endLetters()
                    pieces?.append(.place(replacement))
                    place += length - 1
                } else {
                    add(byte)
                }
            default: add(byte)
            }
            place += 1
        }
        if let quote {
            throw .wrongUse(
                "The command has a \(String(UnicodeScalar(quote))) that is not closed: \(ByteText.readable(text))"
            )
        }
        try end()
        return result
    }

    /// A place at the beginning of some bytes, and how many of them it takes.
    static func replacement(in text: ArraySlice<UInt8>, names: [String]) -> (Replacement, length: Int)? {
        let inside = text.dropFirst()
        guard let end = inside.firstIndex(of: UInt8(ascii: "}")),
            !inside[..<end].contains(UInt8(ascii: "{")),
            let replacement = Replacement(String(decoding: inside[..<end], as: UTF8.self), names: names)
        else { return nil }
        return (replacement, end + 1 - text.startIndex)
    }

    private mutating func begin() {
        if pieces == nil { pieces = [] }
    }

    private mutating func add(_ byte: UInt8) {
        begin()
        letters.append(byte)
    }

    private mutating func endLetters() {
        if !letters.isEmpty { pieces?.append(.text(letters)) }
        letters = []
    }

    private mutating func end() throws(CommandFailure) {
        endLetters()
        guard let word = pieces else { return }
        if !isQuoted, word.count == 1, case .text(let text) = word[0] { try Self.refuseOperator(text) }
        // An empty word is one: ''.
        result.append(word.isEmpty ? [.text([])] : word)
        pieces = nil
        isQuoted = false
    }

    private static let operators: Set<String> = [
        "|", "||", "&", "&&", ";", ">", ">>", "<", "<<", "2>", "2>&1", "|&", "&>",
    ]

    /// What a shell would understand, and a command would be puzzled by.
    private static func refuseOperator(_ text: [UInt8]) throws(CommandFailure) {
        let word = String(decoding: text, as: UTF8.self)
        guard operators.contains(word) else { return }
        throw .wrongUse(
            "\(word) means something to a shell only. Add --shell, or write '\(word)' in quotes to hand it on."
        )
    }
}
