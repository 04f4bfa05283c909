/// Puts parameters of the shell in the places of a script.
///
/// How a parameter is written depends on the quotes around it, so that its value is one word where the place is:
/// `"${1}"`, within double quotes `${1}`, within single ones `'"${1}"'`. A mistake in following the quotes (the shell's
/// grammar knows stranger ones than these) could split a value at blanks; it can never make the shell run it.
struct ScriptWriter {
    private enum Context {
        case plain
        /// Plain, up to the next backtick.
        case backtick
        /// Plain, within `$((…))`, in which `<<` moves bits.
        case arithmetic
        case double
        case single
    }

    private let text: [UInt8]
    private let names: [String]
    private var written: [UInt8] = []
    private var places: [Replacement] = []

    init(_ text: [UInt8], names: [String]) {
        var end = text.count
        while end > 0, WordSplitter.isBlank(text[end - 1]) { end -= 1 }
        self.text = Array(text[..<end])
        self.names = names
    }

    /// The script, and what its parameters are.
    ///
    /// - Throws: `CommandFailure` for here-documents, in which quotes mean nothing, and for columns that are not there.
    consuming func script() throws(CommandFailure) -> ([UInt8], [Replacement]) {
        // Within "$( )" there may be quotes anew: a context for each that is open.
        var contexts = [Context.plain]
        var place = 0
        // Whether a word may begin here, and with it a comment.
        var isAtWord = true
        /// The byte before, unless it is escaped.
        var last: UInt8 = 0
        /// Where a comment begins behind which nothing comes.
        var lastComment: Int?
        while place < text.count {
            let byte = text[place]
            let context = contexts[contexts.count - 1]
            let isPlain = context != .single && context != .double
            if isPlain, isAtWord, byte == UInt8(ascii: "#"), context != .arithmetic {
                let end = text[place...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
                if end == text.count { lastComment = written.count }
                written += text[place..<end]
                place = end
                continue
            }
            isAtWord = isPlain && (WordSplitter.isBlank(byte) || ";&|()<>`".utf8.contains(byte))
            switch byte {
            case UInt8(ascii: "\\") where context != .single:
                written.append(byte)
                place += 1
                if place < text.count { written.append(text[place]) }
                last = 0
                place += 1
                continue
            case UInt8(ascii: "'") where isPlain: open(.single, &contexts, byte)
            case UInt8(ascii: "'") where context == .single: close(&contexts, byte)
            case UInt8(ascii: "\"") where isPlain: open(.double, &contexts, byte)
            case UInt8(ascii: "\"") where context == .double: close(&contexts, byte)
            case UInt8(ascii: "`") where context == .backtick: close(&contexts, byte)
            case UInt8(ascii: "`") where context != .single: open(.backtick, &contexts, byte)
            case UInt8(ascii: "(") where isPlain:
                let isCounting = last == UInt8(ascii: "(") && place > 1 && text[place - 2] == UInt8(ascii: "$")
                open(isCounting || context == .arithmetic ? .arithmetic : .plain, &contexts, byte)
            case UInt8(ascii: "(") where context == .double && last == UInt8(ascii: "$"):
                open(.plain, &contexts, byte)
            case UInt8(ascii: ")") where (context == .plain && contexts.count > 1) || context == .arithmetic:
                close(&contexts, byte)
            case UInt8(ascii: "<") where isPlain && context != .arithmetic && last == byte:
                throw .wrongUse(
                    """
                    A here-document (<<) cannot have inputs put in. Write printf '%s\\n' … | instead, or keep the script in \
                    a file and run 'sh file {}', where the input is $1.
                    """
                )
            // ${…} is the shell's own.
            case UInt8(ascii: "{") where last != UInt8(ascii: "$"):
                if let (replacement, length) = WordSplitter.replacement(in: text[place...], names: names) {
                    // dash takes no quotes there, and bash runs what an index of an array has: a[$(…)].
                    guard context != .arithmetic else {
                        throw .wrongUse("No input can be put into $((…)): shells read it as a part of the script.")
                    }
                    write(replacement, context)
                    place += length - 1
                } else {
                    try WordSplitter.refuseUnknownColumn(in: text[place...], names: names)
                    written.append(byte)
                }
            default: written.append(byte)
            }
            last = byte
            place += 1
        }
        if places.isEmpty { writeInput(before: lastComment ?? written.count) }
        return (written, places)
    }

    /// Puts the input, or all columns, where the last arguments are.
    private mutating func writeInput(before end: Int) {
        let comment = written[end...]
        written.removeSubrange(end...)
        if let last = written.last, !WordSplitter.isBlank(last) { written.append(UInt8(ascii: " ")) }
        if names.count > 1 {
            for column in names.indices {
                if column > 0 { written.append(UInt8(ascii: " ")) }
                write(Replacement(.column(column)), .plain)
            }
        } else {
            write(Replacement(.whole), .plain)
        }
        if !comment.isEmpty { written += [UInt8(ascii: " ")] + comment }
    }

    private mutating func open(_ context: Context, _ contexts: inout [Context], _ byte: UInt8) {
        contexts.append(context)
        written.append(byte)
    }

    private mutating func close(_ contexts: inout [Context], _ byte: UInt8) {
        contexts.removeLast()
        written.append(byte)
    }

    private mutating func write(_ replacement: Replacement, _ context: Context) {
        let number: Int
        if let known = places.firstIndex(of: replacement) {
            number = known + 1
        } else {
            places.append(replacement)
            number = places.count
        }
        let parameter = "${\(number)}"
        let text =
            switch context {
            case .plain, .backtick, .arithmetic: "\"\(parameter)\""
            case .double: parameter
            case .single: "'\"\(parameter)\"'"
            }
        written += Array(text.utf8)
    }
}
