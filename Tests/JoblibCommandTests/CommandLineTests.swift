import Foundation
import Joblib
import JoblibSystem
import Testing

@testable import JoblibCommand

@Suite("The command line")
struct CommandLineTests {
    @Test(
        "Wrong use ends with 2 and says what is wrong",
        arguments: [
            ["nonsense"], ["--nonsense"], ["cache", "ls", "--sort", "colour", "x"], ["cache", "nonsense"], ["inspect"],
            ["inspect", "--depth", "-1", "x"], ["inspect", "--select", "a..b", "x"],
        ]
    )
    func wrongUse(_ arguments: [String]) throws {
        let result = try JoblibCommandLine.run(arguments)
        #expect(result.code == 2 && result.output.isEmpty && result.error.hasPrefix("Error: "), "\(result)")
    }

    @Test(
        "Help and version are no errors",
        arguments: [
            ["--help"], ["cache", "--help"], ["cache", "ls", "--help"], ["help", "inspect"], ["--version"],
        ]
    )
    func help(_ arguments: [String]) throws {
        let result = try JoblibCommandLine.run(arguments)
        #expect(result.code == 0 && !result.output.isEmpty && result.error.isEmpty)
    }

    @Test("Completions can be made for every shell", arguments: ["bash", "zsh", "fish"])
    func completions(_ shell: String) throws {
        let result = try JoblibCommandLine.run("--generate-completion-script", shell)
        #expect(result.code == 0 && result.output.contains("inspect") && result.output.contains("max-size"))
        // The values of --sort.
        #expect(result.output.contains("use") && result.output.contains("size"))
    }

    @Test("A reader that has seen enough is no reason for a message")
    func brokenPipe() throws {
        let directory = try CommandDirectory()
        let memory = try Memory(location: directory.path, verbose: 0)
        let text = memory.cached({ (n: Int, name: String) in n }, as: "text")
        for n in 0..<400 { _ = try text(n, String(repeating: "x", count: 150)) }
        let errors = directory.file("errors")
        let script = "\"$0\" cache ls --json \"$1\" 2>\"$2\" | head -n 1"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script, CommandProgram.path, directory.path, errors]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(String(decoding: data, as: UTF8.self) == "[\n" && process.terminationStatus == 0)
        #expect(try String(contentsOfFile: errors, encoding: .utf8).isEmpty)
    }

    @Test("Colours are for terminals, and for those who want them")
    func colours() {
        func style(_ isTerminal: Bool, _ environment: [String: String]) -> TextStyle {
            TextStyle(isTerminal: isTerminal) { environment[$0] }
        }
        #expect(style(true, [:]).red("x") == "\u{1b}[31mx\u{1b}[0m")
        #expect(style(true, ["NO_COLOR": ""]).isOn)
        #expect(!style(true, ["NO_COLOR": "1"]).isOn)
        #expect(!style(true, ["TERM": "dumb"]).isOn)
        #expect(style(false, [:]).bold("x") == "x")
        #expect(style(true, [:]).bold("") == "")
    }

    @Test(
        "Sizes",
        arguments: [
            ("0", 0), ("512", 512), ("512B", 512), ("1K", 1024), ("1kb", 1024), ("1.5M", 1_572_864), ("2GiB", 2 << 30),
            ("1T", 1 << 40), ("1 G", 1 << 30), (".5K", 512),
        ]
    )
    func sizes(_ text: String, _ bytes: Int) {
        #expect(ByteLimit(argument: text)?.bytes == bytes)
    }

    @Test("No sizes", arguments: ["", "K", "x", "-1", "1e9", "nan", "1KK", "1X", "0x10", "9999999999T", "."])
    func noSizes(_ text: String) { #expect(ByteLimit(argument: text) == nil) }

    @Test(
        "Times",
        arguments: [
            ("90s", 90.0), ("30m", 1800), ("12h", 43_200), ("7d", 604_800), ("2w", 1_209_600),
            ("1d12h", 129_600), ("0.5h", 1800), ("0s", 0),
        ]
    )
    func times(_ text: String, _ seconds: Double) {
        #expect(AgeLimit(argument: text)?.age == .seconds(seconds))
    }

    @Test("No times", arguments: ["", "7", "d", "7x", "-1d", "1d5", "1e3s", "999999999999d"])
    func noTimes(_ text: String) { #expect(AgeLimit(argument: text) == nil) }

    @Test("Sizes and ages for people")
    func texts() {
        #expect(
            [0, 1023, 1024, 1536, 1_048_575, 5 << 30].map(SizeText.bytes) == [
                "0 B", "1023 B", "1.0 KiB", "1.5 KiB", "1.0 MiB", "5.0 GiB",
            ]
        )
        #expect(
            [0, 59, 60, 7199, 86_400, 86_400 * 900].map { SizeText.age(.seconds($0)) } == [
                "0 s", "59 s", "1 min", "1 h", "1 d", "2 y",
            ]
        )
    }

    @Test("JSON is what Foundation reads")
    func json() throws {
        let value = JSONValue.object([
            ("text", .string("a\"\\\n\t\u{1}\u{7f}\u{2028}é🌍")), ("none", .null),
            ("list", .array([.int(1), .double(0.5)])),
            ("nested", .array([.object([("x", .bool(true))]), .object([])])), ("big", .number("18446744073709551615")),
            ("nan", .double(.nan)), ("empty", .array([])),
        ])
        let read = try #require(try JSONSerialization.jsonObject(with: Data(value.text.utf8)) as? [String: Any])
        #expect(read["text"] as? String == "a\"\\\n\t\u{1}\u{7f}\u{2028}é🌍")
        #expect(read["list"] as? [Double] == [1, 0.5] && read["nan"] is NSNull)
        #expect(read["big"] as? UInt64 == .max)
    }

    @Test("Tables fit the terminal, and no argument commands it")
    func table() {
        let table = ColumnTable(
            columns: [.init(title: "A"), .init(title: "B", isElastic: true), .init(title: "C", isRight: true)],
            rows: [["x", String(repeating: "界", count: 30), "1"], ["\u{1b}[31m", "b", "10"]]
        )
        let style = TextStyle(isTerminal: false) { _ in nil }
        let lines = table.lines(style, width: 30)
        #expect(lines.allSatisfy { !$0.contains("\u{1b}") })
        #expect(lines[1].hasSuffix("…   1") || lines[1].hasSuffix("…    1"))
        #expect(table.lines(style, width: nil)[1].contains(String(repeating: "界", count: 30)))
    }
}
