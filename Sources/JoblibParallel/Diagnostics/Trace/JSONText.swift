/// Writes JSON text: just what a trace needs, strictly escaped.
package struct JSONText: Sendable {
    package private(set) var text = ""
    /// Whether the next value or key is the first of its object or array.
    private var isFirst = true

    package init() {}

    package mutating func object(_ body: (inout JSONText) -> Void) { nest("{", "}", body) }
    package mutating func array(_ body: (inout JSONText) -> Void) { nest("[", "]", body) }

    package mutating func object(_ key: String, _ body: (inout JSONText) -> Void) {
        name(key)
        object(body)
    }

    package mutating func array(_ key: String, _ body: (inout JSONText) -> Void) {
        name(key)
        array(body)
    }

    package mutating func member(_ key: String, _ value: String) {
        name(key)
        quote(value)
        isFirst = false
    }

    package mutating func member(_ key: String, _ value: Int) {
        name(key)
        text += String(value)
        isFirst = false
    }

    package mutating func member(_ key: String, _ value: Bool) {
        name(key)
        text += value ? "true" : "false"
        isFirst = false
    }

    /// A time as a number of microseconds with nanosecond digits, exact at any length of run.
    package mutating func member(_ key: String, microseconds nanoseconds: Int64) {
        name(key)
        text += String(nanoseconds / 1000)
        let rest = Int(nanoseconds.magnitude % 1000)
        if rest > 0 { text += HumanText.trimmed("." + String(String(1000 + rest).dropFirst())) }
        isFirst = false
    }

    private mutating func nest(_ open: String, _ close: String, _ body: (inout JSONText) -> Void) {
        if !isFirst { text += "," }
        text += open
        isFirst = true
        body(&self)
        text += close
        isFirst = false
    }

    private mutating func name(_ key: String) {
        if !isFirst { text += "," }
        quote(key)
        text += ":"
        // The value that follows must not begin with a comma.
        isFirst = true
    }

    private mutating func quote(_ string: String) {
        Self.quote(string, into: &text)
    }

    /// Adds a string as RFC 8259 has it.
    package static func quote(_ string: String, into text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            // Line separators are legal in JSON but end a line in JavaScript, where traces are viewed; 7F and what follows may
            // command a terminal.
            case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
                let hex = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
