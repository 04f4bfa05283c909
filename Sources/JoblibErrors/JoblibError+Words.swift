extension JoblibError {
    /// `text` in the quotation marks that Python would choose, control characters made visible.
    package static func quoted(_ text: String) -> String {
        let mark = text.contains("'") && !text.contains("\"") ? "\"" : "'"
        return mark + shortened(text) + mark
    }

    /// At most a line of `text`: an argument may be a whole file by mistake.
    package static func shortened(_ text: String) -> String {
        let limit = 200
        let scalars = text.unicodeScalars
        var visible = ""
        for scalar in scalars.prefix(limit) {
            switch scalar {
            case "\n": visible += "\\n"
            case "\t": visible += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                visible += "\\u{\(String(scalar.value, radix: 16))}"
            default: visible.unicodeScalars.append(scalar)
            }
        }
        return scalars.dropFirst(limit).isEmpty ? visible : visible + "…"
    }
}
