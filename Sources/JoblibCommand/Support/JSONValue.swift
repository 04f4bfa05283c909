internal import JoblibParallel

/// A value of JSON (RFC 8259), whose objects keep their order.
indirect enum JSONValue {
    case null
    case bool(Bool)
    case int(Int)
    /// A number by its digits.
    case number(String)
    case double(Double)
    case string(String)
    case array([JSONValue])
    case object([(String, JSONValue)])

    static func optional(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }

    /// The text, with a line for each value of an object or of an array that holds others.
    var text: String {
        var text = ""
        write(into: &text, indent: 0)
        return text
    }

    private func write(into text: inout String, indent: Int) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .int(let value): text += String(value)
        case .number(let digits): text += digits
        // JSON has neither infinity nor what is no number.
        case .double(let value): text += value.isFinite ? "\(value)" : "null"
        case .string(let value): JSONText.quote(value, into: &text)
        case .array(let values) where values.allSatisfy(\.isPlain):
            text += "["
            for (place, value) in values.enumerated() {
                if place > 0 { text += ", " }
                value.write(into: &text, indent: indent)
            }
            text += "]"
        case .array(let values):
            Self.lines(values, "[", "]", into: &text, indent: indent) { $0.write(into: &$1, indent: indent + 2) }
        case .object(let members) where members.isEmpty: text += "{}"
        case .object(let members):
            Self.lines(members, "{", "}", into: &text, indent: indent) { member, text in
                JSONText.quote(member.0, into: &text)
                text += ": "
                member.1.write(into: &text, indent: indent + 2)
            }
        }
    }

    private var isPlain: Bool {
        switch self {
        case .array, .object: false
        default: true
        }
    }

    private static func lines<Element>(
        _ elements: [Element],
        _ start: String,
        _ end: String,
        into text: inout String,
        indent: Int,
        _ write: (Element, inout String) -> Void
    ) {
        text += start
        for (place, element) in elements.enumerated() {
            text += place > 0 ? ",\n" : "\n"
            text += String(repeating: " ", count: indent + 2)
            write(element, &text)
        }
        text += "\n" + String(repeating: " ", count: indent) + end
    }
}
