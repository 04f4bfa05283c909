import Foundation

/// The second column of a file of comma-separated values with a heading: one observation a line.
func timeSeries(contentsOf file: URL) throws -> [Double] {
    let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
    return try lines.enumerated().dropFirst().map { index, line in
        let columns = line.split(separator: ",", omittingEmptySubsequences: false)
        guard columns.count >= 2, let value = Double(columns[1].trimmingCharacters(in: .whitespaces)), value.isFinite
        else {
            throw UnreadableLine(file: file.lastPathComponent, number: index + 1, text: String(line))
        }
        return value
    }
}

struct UnreadableLine: Error, CustomStringConvertible {
    var file: String
    var number: Int
    var text: String

    var description: String {
        "\(file), line \(number): “\(text)” has no number in its second column"
    }
}
