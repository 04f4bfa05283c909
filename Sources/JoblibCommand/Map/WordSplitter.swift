/// Makes the words of a command.
struct WordSplitter {
    private let text: [UInt8]
    private let names: [String]
    private var place = 0
    private var result: [[CommandTemplate.Piece]] = []
    /// The word that is being read; nil between words.
    private var pieces: [CommandTemplate.Piece]?
    private var letters: [UInt8] = []
    /// Whether the word's first and its last byte are there without quotes.
    private var isFirstPlain = true
    private var isLastPlain = true

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
                add(next, isPlain: false)
                place += 1
            case (UInt8(ascii: "\\"), UInt8(ascii: "\"")):
                if let next, "\"\\{".utf8.contains(next) {
                    add(next, isPlain: false)
                    place += 1
                } else {
                    add(byte, isPlain: false)
                }
            case (UInt8(ascii: "'"), nil), (UInt8(ascii: "\""), nil):
                quote = byte
                begin(isPlain: false)
            case (byte, .some(byte)): quote = nil
            case (_, nil) where Self.isBlank(byte): try end()
            case (UInt8(ascii: "{"), _):
                if let (replacement, length) = Self.replacement(in: text[place...], names: names) {
                    begin(isPlain: false)
                    endLetters()
                    pieces?.append(.place(replacement))
                    place += length - 1
                } else {
                    // ${…} is for a shell that is told of it.
                    if place == 0 || text[place - 1] != UInt8(ascii: "$") {
                        try Self.refuseUnknownColumn(in: text[place...], names: names)
                    }
                    add(byte, isPlain: quote == nil)
                }
            default: add(byte, isPlain: quote == nil)
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

    /// What looks like a column's name, in a table that has no such column.
    static func refuseUnknownColumn(in text: ArraySlice<UInt8>, names: [String]) throws(CommandFailure) {
        let inside = text.dropFirst()
        guard !names.isEmpty, let end = inside.firstIndex(of: UInt8(ascii: "}")) else { return }
        let name = inside[..<end].prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ".") }
        let form = String(decoding: inside[name.endIndex..<end], as: UTF8.self)
        guard ["", ".", "/", "//", "/."].contains(form), let first = name.first, !(0x30...0x39).contains(first),
            name.allSatisfy(isOfName)
        else { return }
        let columns = names.map { "{" + ByteText.readable(ByteText.bytes($0), limit: 40) + "}" }
        throw .wrongUse(
            """
            The header has no {\(String(decoding: name, as: UTF8.self))}. Its columns are \
            \(columns.prefix(20).joined(separator: ", "))\(columns.count > 20 ? ", …" : ""). What is no column has a blank \
            behind the brace: { \(String(decoding: name, as: UTF8.self))}
            """
        )
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private mutating func begin(isPlain: Bool) {
        if pieces == nil {
            pieces = []
            isFirstPlain = isPlain
        }
        isLastPlain = isPlain
    }

    private mutating func add(_ byte: UInt8, isPlain: Bool) {
        begin(isPlain: isPlain)
        letters.append(byte)
    }

    private mutating func endLetters() {
        if !letters.isEmpty { pieces?.append(.text(letters)) }
        letters = []
    }

    private mutating func end() throws(CommandFailure) {
        endLetters()
        guard let word = pieces else { return }
        try refuseOperator(word)
        // An empty word is one: ''.
        result.append(word.isEmpty ? [.text([])] : word)
        pieces = nil
    }

    /// What a shell would understand, and a command would be puzzled by: `>{}.out`, `2>&1`, `a;`.
    private func refuseOperator(_ word: [CommandTemplate.Piece]) throws(CommandFailure) {
        var sign: String?
        if isFirstPlain, case .text(let text)? = word.first {
            let digits = text.prefix { (0x30...0x39).contains($0) }
            if let byte = text.dropFirst(digits.count).first,
                (digits.isEmpty ? "<>|&" : "<>").utf8.contains(byte)
            {
                sign = String(decoding: digits + [byte], as: UTF8.self)
            }
        }
        if isLastPlain, case .text(let text)? = word.last, text.last == UInt8(ascii: ";") { sign = ";" }
        guard let sign else { return }
        var whole = ""
        for piece in word {
            switch piece {
            case .text(let text): whole += ByteText.readable(text)
            case .place(let place): whole += String(decoding: place.subject.sign, as: UTF8.self)
            }
        }
        throw .wrongUse(
            "\(sign) in \(whole) means something to a shell only. Add --shell, or write '\(whole)' in quotes to hand it on."
        )
    }
}
