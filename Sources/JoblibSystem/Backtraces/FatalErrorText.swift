/// Finds what Swift's runtime printed when it trapped.
package enum FatalErrorText {
    /// The last "Fatal error" of a process, as a person would quote it: without the file of the standard library that
    /// found it, with the program's own.
    ///
    /// For example, `Index out of range` for
    ///
    ///     Swift/ContiguousArrayBuffer.swift:692: Fatal error: Index out of range
    ///
    /// and `no such page (Book/Page.swift:12)` for
    ///
    ///     Book/Page.swift:12: Fatal error: no such page
    ///
    /// - Parameter tail: The end of what it wrote to standard error.
    /// - Returns: Nil when nothing of the kind was printed, as by the traps of optimised code.
    package static func message(inStandardErrorTail tail: String) -> String? {
        // Only at the beginning of a line or behind its place: a message may quote another.
        for line in tail.split(whereSeparator: \.isNewline).reversed() {
            if let message = message(in: line) { return message }
        }
        return nil
    }

    private static let kinds = ["Fatal error", "Precondition failed", "Assertion failed"]
    private static let limit = 1000

    private static func message(in line: Substring) -> String? {
        for kind in kinds {
            if line.hasPrefix(kind) { return text(line.dropFirst(kind.count), kind, place: nil) }
            guard let range = line.range(ofText: ": \(kind)") else { continue }
            let place = line[..<range.lowerBound]
            guard isPlace(place) else { continue }
            return text(line[range.upperBound...], kind, place: place.hasPrefix("Swift/") ? nil : place)
        }
        return nil
    }

    /// What follows the kind: `: message`, `: file …, line …` in old runtimes, or nothing.
    private static func text(_ rest: Substring, _ kind: String, place: Substring?) -> String? {
        guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
        let message = rest.dropFirst().drop { $0 == " " }.prefix(limit)
        let words = message.isEmpty ? kind : String(message)
        return place.map { "\(words) (\($0))" } ?? words
    }

    /// `Module/File.swift:12`.
    private static func isPlace(_ text: Substring) -> Bool {
        guard let colon = text.lastIndex(of: ":") else { return false }
        let line = text[text.index(after: colon)...]
        return !line.isEmpty && line.allSatisfy(\.isWholeNumber) && text[..<colon].contains(".swift")
    }
}
