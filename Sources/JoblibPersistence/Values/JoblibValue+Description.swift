extension JoblibValue: CustomStringConvertible {
    /// The value as Python would show it; long ones are cut short.
    public var description: String {
        var text = ""
        describe(into: &text, depth: 0)
        return text
    }

    /// Enough for a look; shared parts could make a complete text longer than any memory.
    private static let longest = 1000

    private func describe(into text: inout String, depth: Int) {
        switch self {
        case .none: text += "None"
        case .bool(let value): text += value ? "True" : "False"
        case .int(let value): text += String(value)
        case .bigInteger(let value) where value.bytes.count > 400: text += "an integer of \(value.bytes.count) bytes"
        case .bigInteger(let value): text += "\(value)"
        case .float(let value): text += "\(value)"
        case .complex(let real, let imaginary): text += "(\(real)\(imaginary.sign == .minus ? "" : "+")\(imaginary)j)"
        case .string(let value): text += String(value.prefix(200)).debugDescription + (value.count > 200 ? "…" : "")
        case .bytes(let value): text += "\(value.count) bytes"
        case .list(let values): Self.join(values, "[", "]", into: &text) { $0.describe(into: &$1, depth: depth + 1) }
        case .tuple(let values):
            let end = values.count == 1 ? ",)" : ")"
            Self.join(values, "(", end, into: &text) { $0.describe(into: &$1, depth: depth + 1) }
        case .set(let values): Self.join(values, "{", "}", into: &text) { $0.describe(into: &$1, depth: depth + 1) }
        case .dictionary(let entries):
            Self.join(entries, "{", "}", into: &text) { entry, text in
                entry.key.describe(into: &text, depth: depth + 1)
                text += ": "
                entry.value.describe(into: &text, depth: depth + 1)
            }
        case .array(let array): text += "array of \(array.type) with shape \(JoblibError.tuple(array.shape))"
        }
    }

    private static func join<Values: Collection>(
        _ values: Values,
        _ start: String,
        _ end: String,
        into text: inout String,
        _ describe: (Values.Element, inout String) -> Void
    ) {
        text += start
        for (index, value) in values.enumerated() {
            if index > 0 { text += ", " }
            if text.utf8.count > longest {
                text += "…"
                break
            }
            describe(value, &text)
        }
        text += end
    }

    /// What the value is, for errors: `the string "abc"`, `a list of 3`.
    var kindDescription: String {
        switch self {
        case .none: "None"
        case .bool, .complex, .float, .int: "\(self)"
        case .bigInteger: "an integer of more than 64 bits"
        case .string(let text): "the string " + text.shortened(to: 40).debugDescription
        case .bytes(let bytes): "\(bytes.count) bytes"
        case .list(let values): "a list of \(values.count)"
        case .tuple(let values): "a tuple of \(values.count)"
        case .dictionary(let entries): "a dictionary of \(entries.count)"
        case .set(let values): "a set of \(values.count)"
        case .array(let array): "a NumPy array of \(array.type.name), shape \(JoblibError.tuple(array.shape))"
        }
    }
}
