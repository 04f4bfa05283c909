internal import Joblib
internal import JoblibParallel
internal import JoblibPersistence

/// A value in a line.
enum ValueText {
    /// Texts and lists are cut off behind so many characters.
    private static let longest = 72

    static func description(_ value: InspectedValue, items: Int) -> String {
        switch value.kind {
        case .none, .bool, .integer, .float, .complex, .string, .bytes: simple(value) ?? ""
        case .list: container("list", value, items)
        case .tuple: container("tuple", value, items)
        case .set: container("set", value, items)
        case .dictionary: "dict of \(HumanText.count(value.count))"
        case .archive: HumanText.count(value.count, "array")
        case .array(let array): ArrayText(array).line
        case .object(let name): DisplayWidth.printable(name)
        case .global(let name): "the class or function \(DisplayWidth.printable(name))"
        case .elementType(let type): "the dtype \(type.name)"
        }
    }

    private static func container(_ name: String, _ value: InspectedValue, _ items: Int) -> String {
        let text = "\(name) of \(HumanText.count(value.count))"
        guard isInline(value, items: items), value.count > 0 else { return text }
        var parts = ""
        for index in 0..<value.count {
            let part = simple(value.part(index).value) ?? "…"
            if !parts.isEmpty { parts += ", " }
            if index >= items || DisplayWidth.columns(parts) + DisplayWidth.columns(part) > longest {
                return "\(text): \(parts)…"
            }
            parts += part
        }
        return "\(text): \(parts)"
    }

    /// Whether a list is shown in its own line: all parts that would be shown are simple.
    static func isInline(_ value: InspectedValue, items: Int) -> Bool {
        switch value.kind {
        case .list, .tuple, .set:
            (0..<min(value.count, max(items, 1))).allSatisfy { simple(value.part($0).value) != nil }
        default: value.count == 0
        }
    }

    /// A value that has no parts; nil for others.
    private static func simple(_ value: InspectedValue) -> String? {
        switch value.kind {
        case .none: "None"
        case .bool(let value): value ? "True" : "False"
        case .integer(let text), .complex(let text): text
        case .float(let value): "\(value)"
        case .string(let text): quoted(text)
        case .bytes(let bytes): "\(HumanText.count(bytes.count, "byte"))"
        default: nil
        }
    }

    static func quoted(_ text: String) -> String {
        let clean = DisplayWidth.printable(String(text.prefix(longest)).replacing("\n", with: "⏎"))
        return text.dropFirst(longest).isEmpty
            ? "\"\(clean)\"" : "\"\(clean)…\" (\(HumanText.count(text.count)) characters)"
    }
}
