/// Puts parameters of the shell in the places of a script.
///
/// How a parameter is written depends on the quotes around it, so that its value is one word where the place is:
/// `"${1}"`, within double quotes `${1}`, within single ones `'"${1}"'`. A mistake in following the quotes (the shell's
/// grammar knows stranger ones than these) could split a value at blanks; it can never make the shell run it.
struct ScriptWriter {
    private enum Context {
        case plain
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
    consuming func script() -> ([UInt8], [Replacement]) {
        // Within "$( )" there may be quotes anew: a context for each that is open.
        var contexts = [Context.plain]
        var place = 0
        while place < text.count {
            let byte = text[place]
            let context = contexts[contexts.count - 1]
            switch (byte, context) {
            case (UInt8(ascii: "\\"), .plain), (UInt8(ascii: "\\"), .double):
                written.append(byte)
                place += 1
                if place < text.count { written.append(text[place]) }
            case (UInt8(ascii: "'"), .plain): open(.single, &contexts, byte)
            case (UInt8(ascii: "'"), .single): close(&contexts, byte)
            case (UInt8(ascii: "\""), .plain): open(.double, &contexts, byte)
            case (UInt8(ascii: "\""), .double): close(&contexts, byte)
            case (UInt8(ascii: "("), .plain): open(.plain, &contexts, byte)
            case (UInt8(ascii: "("), .double) where place > 0 && text[place - 1] == UInt8(ascii: "$"):
                open(.plain, &contexts, byte)
            case (UInt8(ascii: ")"), .plain) where contexts.count > 1: close(&contexts, byte)
            case (UInt8(ascii: "{"), _):
                // ${…} is the shell's own.
                if place == 0 || text[place - 1] != UInt8(ascii: "$"),
                    let (replacement, length) = WordSplitter.replacement(in: text[place...], names: names)
                {
                    write(replacement, context)
                    place += length - 1
                } else {
                    written.append(byte)
                }
            default: written.append(byte)
            }
            place += 1
        }
        if places.isEmpty {
            written.append(UInt8(ascii: " "))
            if names.count > 1 {
                for column in names.indices {
                    if column > 0 { written.append(UInt8(ascii: " ")) }
                    write(Replacement(.column(column)), .plain)
                }
            } else {
                write(Replacement(.whole), .plain)
            }
        }
        return (written, places)
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
            case .plain: "\"\(parameter)\""
            case .double: parameter
            case .single: "'\"\(parameter)\"'"
            }
        written += Array(text.utf8)
    }
}
