internal import JoblibSystem

/// A line of a source file with those around it, for messages.
struct SourceExcerpt {
    /// How many lines stand before and after.
    private static let around = 2
    /// How wide a line may be, its number included, in characters.
    private static let width = 120
    /// No file that a person wrote is larger.
    private static let largestFile = 4 << 20

    /// Numbered, the line in question behind an arrow:
    ///
    ///           4     let image = try read(file)
    ///           5     // An empty one has no gradient.
    ///     -->   6     guard image.width > 0 else { throw NotAnImage(file) }
    ///           7     return gradient(image)
    ///           8 }
    let lines: [String]

    /// Nil when there is no such file or line; nothing is thrown.
    ///
    /// - Parameters:
    ///   - file: A path as the compiler was given it: one that is not absolute counts from the working directory.
    ///   - line: From 1.
    init?(file: String, line: Int) {
        guard line > 0, let text = try? FileInput.readText(file, maximumBytes: Self.largestFile) else { return nil }
        self.init(text: text, line: line)
    }

    init?(text: String, line: Int) {
        let first = max(1, line.subtractingReportingOverflow(Self.around).partialValue)
        let (last, overflow) = line.addingReportingOverflow(Self.around)
        // No file has so many lines.
        guard line > 0, !overflow else { return nil }
        var found: [(number: Int, text: Substring)] = []
        var rest = text[...]
        var number = 1
        while number <= last, !rest.isEmpty {
            let end = rest.firstIndex(where: \.isNewline) ?? rest.endIndex
            if number >= first { found.append((number, rest[..<end])) }
            rest = end < rest.endIndex ? rest[rest.index(after: end)...] : ""
            number += 1
        }
        guard found.contains(where: { $0.number == line }) else { return nil }
        let digits = max(String(last).count, 3)
        lines = found.map { number, text in
            let padding = String(repeating: " ", count: digits - String(number).count)
            return Self.cut("\(number == line ? "-->" : "   ") \(padding)\(number) \(Self.printable(text))")
        }
    }

    /// Tabs as spaces, and nothing that would move a terminal's cursor.
    private static func printable(_ text: Substring) -> String {
        // More of a line is never shown.
        text.prefix(width + 1).reduce(into: "") { line, character in
            if character == "\t" {
                line += "    "
            } else if character.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
                line += "?"
            } else {
                line.append(character)
            }
        }
    }

    private static func cut(_ line: String) -> String {
        let line = line.count > width ? line.prefix(width - 1) + "…" : line[...]
        return String(line.reversed().drop { $0 == " " }.reversed())
    }
}
