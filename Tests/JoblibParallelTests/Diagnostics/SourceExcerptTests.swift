import Testing

@testable import JoblibParallel

@Suite("Excerpts of source files")
struct SourceExcerptTests {
    private let text = "one\n  two\n\nfour\nfive\n\tsix\nseven"

    @Test("Two lines before and after, an arrow, numbers")
    func middle() {
        #expect(
            SourceExcerpt(text: text, line: 4)?.lines == [
                "      2   two", "      3", "-->   4 four", "      5 five", "      6     six",
            ]
        )
    }

    @Test("At the ends of a file there are fewer")
    func ends() {
        #expect(SourceExcerpt(text: text, line: 1)?.lines == ["-->   1 one", "      2   two", "      3"])
        #expect(SourceExcerpt(text: text, line: 7)?.lines == ["      5 five", "      6     six", "-->   7 seven"])
        #expect(SourceExcerpt(text: "a\r\nb\r\n", line: 2)?.lines == ["      1 a", "-->   2 b"])
    }

    @Test("Numbers stand below each other")
    func numbers() throws {
        let text = (1...1002).map { "line \($0)" }.joined(separator: "\n")
        let lines = try #require(SourceExcerpt(text: text, line: 1000)).lines
        #expect(lines[1...2] == ["     999 line 999", "--> 1000 line 1000"])
    }

    @Test("What is not there has no excerpt", arguments: [0, -1, .min, .max, 8, 1000])
    func nothing(line: Int) {
        #expect(SourceExcerpt(text: text, line: line) == nil)
        #expect(SourceExcerpt(text: "", line: line) == nil)
        #expect(SourceExcerpt(file: "/no/such/file.swift", line: line) == nil)
        #expect(SourceExcerpt(file: "/", line: line) == nil)
    }

    @Test("Lines are cut at 120 columns, and cannot move a cursor")
    func width() throws {
        let long = try #require(SourceExcerpt(text: String(repeating: "x", count: 5000), line: 1)).lines
        #expect(long.map(\.count) == [120])
        #expect(long[0].hasSuffix("x…"))
        #expect(SourceExcerpt(text: "a\u{1b}[2Jb", line: 1)?.lines == ["-->   1 a?[2Jb"])
    }

    @Test("A file is read")
    func file() throws {
        let excerpt = try #require(SourceExcerpt(file: #filePath, line: 3))
        #expect(excerpt.lines[2] == "-->   3 @testable import JoblibParallel")
    }
}
