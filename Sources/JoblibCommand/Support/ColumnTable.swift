internal import Joblib
internal import JoblibParallel

/// Columns of text, as wide as what stands in them.
struct ColumnTable {
    struct Column {
        var title: String
        var isRight = false
        /// Whether it is cut off when the lines would be too long for the terminal.
        var isElastic = false
    }

    var columns: [Column]
    var rows: [[String]] = []

    /// The lines, none longer than `width` if the elastic column can be made narrow enough.
    func lines(_ style: TextStyle, width: Int?) -> [String] {
        let cells = ([columns.map(\.title)] + rows).map { $0.map(DisplayWidth.printable) }
        var widths = columns.indices.map { column in cells.map { DisplayWidth.columns($0[column]) }.max() ?? 0 }
        if let width, let place = columns.firstIndex(where: \.isElastic) {
            let others = widths.reduce(0, +) - widths[place] + 2 * (columns.count - 1)
            widths[place] = min(widths[place], max(width - others, 12))
        }
        return cells.enumerated().map { number, row in
            var line = ""
            for (place, column) in columns.enumerated() {
                let text = Self.cut(row[place], to: widths[place])
                let padding = String(repeating: " ", count: max(0, widths[place] - DisplayWidth.columns(text)))
                if place > 0 { line += "  " }
                line += column.isRight ? padding + text : text + padding
            }
            while line.hasSuffix(" ") { line.removeLast() }
            return number == 0 ? style.dim(line) : line
        }
    }

    /// The beginning of a text that takes at most so many columns.
    static func cut(_ text: String, to width: Int) -> String {
        guard DisplayWidth.columns(text) > width else { return text }
        var result = ""
        var taken = 1
        for character in text {
            taken += DisplayWidth.columns(String(character))
            if taken > width { break }
            result.append(character)
        }
        return result + "…"
    }
}
