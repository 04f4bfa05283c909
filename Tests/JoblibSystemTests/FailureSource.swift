import Foundation
import Testing

@testable import JoblibSystem

/// The source files of the programs that fail for these tests.
enum FailureSource {
    /// The line with a comment `// here: name` of a file in Tests/JoblibCases.
    static func line(_ name: String, in file: String) throws -> Int {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: folder.appendingPathComponent("JoblibCases/\(file)"), encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return try #require(lines.firstIndex { $0.hasSuffix("// here: \(name)") }) + 1
    }
}

extension RawFrame {
    /// Whether it is at a line of a source file. The optimiser gives calls the line of their function, and traps that it
    /// has put together the line behind them: a neighbour is near enough then.
    func isAt(_ line: Int) -> Bool {
        #if DEBUG
        let tolerance = 0
        #else
        let tolerance = 2
        #endif
        return location.map { abs($0.line - line) <= tolerance } ?? false
    }

    var fileName: String? { location.map { $0.file.split(separator: "/").last.map(String.init) ?? "" } }
}
