/// Right-aligned columns of text.
package struct TextTable: Sendable {
    package var header: [String]
    package var rows: [[String]]

    package init(header: [String], rows: [[String]]) {
        self.header = header
        self.rows = rows
    }

    package var lines: [String] {
        let all = [header] + rows
        let widths = header.indices.map { column in all.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0 }
        return all.map { cells in
            zip(cells, widths)
                .map { String(repeating: " ", count: $1 - $0.count) + $0 }
                .joined(separator: "  ")
        }
    }
}
