/// A value as text of bounded length, made in bounded time: an array of 100 million numbers must not be printed to be cut.
package struct ArgumentText {
    /// How many characters one value gets.
    package static let limit = 200
    private static let elements = 5
    private static let depth = 3

    /// The value as a person would write it, shortened.
    package static func describe(_ value: Any) -> String {
        shorten(describe(value, depth: depth))
    }

    package static func shorten(_ text: String, to limit: Int = limit) -> String {
        guard text.utf8.count > limit, text.count > limit else { return text }
        return "\(text.prefix(limit * 2 / 3))…\(text.suffix(limit / 3 - 1))"
    }

    private static func describe(_ value: Any, depth: Int) -> String {
        // A prefix first: escaping a gigabyte to show a line of it would take seconds.
        if let text = value as? String { return shorten(String(text.prefix(limit * 2)).debugDescription) }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .collection, .set, .dictionary: return list(mirror, depth: depth)
        case .optional: return mirror.children.first.map { describe($0.value, depth: depth) } ?? "nil"
        case .tuple: return "(\(fields(mirror, depth: depth)))"
        case .struct where !(value is any CustomStringConvertible) && !(value is any CustomDebugStringConvertible):
            return "\(type(of: value))(\(fields(mirror, depth: depth)))"
        default: return shorten(String(describing: value))
        }
    }

    private static func list(_ mirror: Mirror, depth: Int) -> String {
        let isDictionary = mirror.displayStyle == .dictionary
        guard depth > 0 else { return isDictionary ? "[…: …]" : "[…]" }
        var parts = mirror.children.prefix(elements).map { child -> String in
            let pair = isDictionary ? Array(Mirror(reflecting: child.value).children) : []
            return pair.count == 2
                ? "\(describe(pair[0].value, depth: depth - 1)): \(describe(pair[1].value, depth: depth - 1))"
                : describe(child.value, depth: depth - 1)
        }
        let count = mirror.children.count
        if count > elements { parts.append("… \(count - elements) more") }
        if isDictionary && parts.isEmpty { return "[:]" }
        return "[\(parts.joined(separator: ", "))]"
    }

    private static func fields(_ mirror: Mirror, depth: Int) -> String {
        guard depth > 0 else { return "…" }
        return mirror.children.prefix(elements * 2).map { child in
            let value = describe(child.value, depth: depth - 1)
            guard let label = child.label, !label.hasPrefix(".") else { return value }
            return "\(label): \(value)"
        }.joined(separator: ", ")
    }
}
