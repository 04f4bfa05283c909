import Foundation
import Joblib
import JoblibSystem
import Testing

@Suite("joblib cache")
struct CacheCommandTests {
    let directory: CommandDirectory
    let memory: Memory

    init() throws {
        directory = try CommandDirectory()
        memory = try Memory(location: directory.path, verbose: 0, recentLimit: 0)
    }

    private func fill() throws {
        let square = memory.cached({ (n: Int) in n * n }, as: "square", version: 3)
        for n in 0..<5 { _ = try square(n) }
        let row = memory.cached({ (n: Int, name: String) in [Double](repeating: 1, count: n) }, as: "make row")
        _ = try row(20_000, "big one")
    }

    private func run(_ arguments: String...) throws -> JoblibCommandLine.Result {
        try JoblibCommandLine.run(["cache", arguments[0], directory.path] + arguments.dropFirst())
    }

    @Test("ls shows function, arguments, size and age")
    func list() throws {
        try fill()
        let result = try run("ls", "--sort", "size")
        #expect(result.code == 0 && result.error.isEmpty)
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 7)
        #expect(lines[0].split(separator: " ").first == "FUNCTION")
        #expect(lines[1].contains("make row") && lines[1].contains("20000, \"big one\"") && lines[1].contains("KiB"))
        // Not on a terminal: no colours.
        #expect(!result.output.contains("\u{1b}"))
    }

    @Test("ls sorts, turns round, filters and limits")
    func order() throws {
        try fill()
        func names(_ arguments: String...) throws -> [String] {
            let result = try JoblibCommandLine.run(["cache", "ls", "--json", directory.path] + arguments)
            return try result.array().compactMap { entry in
                (entry["function"] as? String).map { "\($0) \((entry["arguments"] as? [String] ?? []).joined())" }
            }
        }
        #expect(try names("--sort", "name").prefix(3) == ["make row 20000\"big one\"", "square 0", "square 1"])
        #expect(try names("--sort", "name", "--reverse").first == "square 4")
        #expect(try names("--sort", "use").first == "make row 20000\"big one\"")
        #expect(try names("--sort", "age", "-r").first == "square 0")
        #expect(try names("--function", "square").count == 5)
        #expect(try names("-f", "make row", "-n", "7").count == 1)
        #expect(try names("-n", "2", "--sort", "size").count == 2)
        #expect(try names("--function", "nothing").isEmpty)
    }

    @Test("ls --json tells programs everything")
    func listJSON() throws {
        try fill()
        let entries = try run("ls", "--json", "--function", "square", "--sort", "name").array()
        let first = try #require(entries.first)
        #expect(first["function"] as? String == "square" && first["version"] as? String == "3")
        #expect(first["arguments"] as? [String] == ["0"] && first["resultType"] as? String == "Swift.Int")
        #expect(first["damaged"] as? Bool == false)
        let path = try #require(first["path"] as? String)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count == first["bytes"] as? Int)
        #expect(abs((first["created"] as? Double ?? 0) - Date().timeIntervalSince1970) < 600)
        #expect(try run("ls", "--json", "--function", "x").output == "[]\n")
    }

    @Test("An empty cache is no error")
    func empty() throws {
        let result = try run("ls")
        #expect(result.code == 0 && result.output.isEmpty && result.error == "The cache is empty.\n")
        #expect(try run("ls", "--json").output == "[]\n")
        #expect(try run("info").output.contains("none"))
        #expect(try run("verify").code == 0)
    }

    @Test("The directory may come from the environment, or be the one named joblib")
    func location() throws {
        try fill()
        let fromEnvironment = try JoblibCommandLine.run(
            "cache",
            "ls",
            environment: ["JOBLIB_CACHE_DIR": directory.path]
        )
        #expect(fromEnvironment.output.split(separator: "\n").count == 7)
        #expect(try JoblibCommandLine.run("cache", "ls", directory.path + "/joblib/").output == fromEnvironment.output)
        let none = try JoblibCommandLine.run("cache", "ls")
        #expect(none.code == 2 && none.error.contains("JOBLIB_CACHE_DIR"))
    }

    @Test("info sums up, function by function")
    func info() throws {
        try fill()
        let text = try run("info").output
        #expect(text.contains("Results         6"))
        let json = try run("info", "--json").object()
        let entries = try run("ls", "--json").array()
        #expect(json["entries"] as? Int == 6 && json["damaged"] as? Int == 0)
        #expect(json["bytes"] as? Int == entries.reduce(0) { $0 + ($1["bytes"] as? Int ?? 0) })
        let functions = try #require(json["functions"] as? [[String: Any]])
        #expect(functions.map { $0["function"] as? String } == ["make row", "square"])
        #expect(functions[1]["versions"] as? [String] == ["3"] && functions[1]["entries"] as? Int == 5)
    }

    @Test("prune removes what was not used for longest until the limit holds")
    func pruneItems() throws {
        try fill()
        let result = try run("prune", "--max-items", "4")
        #expect(result.code == 0 && result.output.hasPrefix("Removed 2 results, "))
        let square = memory.cached({ (n: Int) in n * n }, as: "square", version: 3)
        #expect((0..<5).map { square.isCached($0) } == [false, false, true, true, true])
        #expect(try directory.entryFiles().count == 4)
        #expect(try run("ls", "--json").array().count == 4)
    }

    @Test("prune keeps to a size, and to a function")
    func pruneSize() throws {
        try fill()
        let dry = try run("prune", "--max-size", "100K", "--dry-run")
        #expect(dry.output.contains("Would remove 6 results"), "\(dry.output)")
        #expect(try directory.entryFiles().count == 6)
        let one = try run("prune", "--max-size", "1KiB", "--function", "make row", "--json").object()
        #expect((one["removed"] as? [String: Any])?["entries"] as? Int == 1)
        #expect((one["kept"] as? [String: Any])?["entries"] as? Int == 0)
        #expect(try directory.entryFiles().count == 5)
        #expect(try run("prune", "--max-age", "1h").output.hasPrefix("Removed 0 results, 0 B. 5 results"))
        #expect(try run("prune", "--max-age", "0s", "--function", "square").output.hasPrefix("Removed 5 results"))
        #expect(try directory.entryFiles().isEmpty)
    }

    @Test(
        "prune needs a limit, and one that is one",
        arguments: [
            [], ["--max-size", "many"], ["--max-size", "-1"], ["--max-age", "7"], ["--max-age", "1x"],
            ["--max-items", "-1"],
            ["--function", "square"],
        ]
    )
    func pruneWrong(_ arguments: [String]) throws {
        try fill()
        let result = try JoblibCommandLine.run(["cache", "prune", directory.path] + arguments)
        #expect(result.code == 2 && !result.error.isEmpty)
        #expect(try directory.entryFiles().count == 6)
    }

    @Test("clear removes results only, and not without a yes")
    func clear() throws {
        try fill()
        let mine = directory.file("notes.txt")
        try Data("mine".utf8).write(to: URL(fileURLWithPath: mine))
        let refused = try run("clear")
        #expect(refused.code == 2 && refused.error.contains("--yes"))
        #expect(try directory.entryFiles().count == 6)
        #expect(try run("clear", "--yes", "--function", "square").output.hasPrefix("Removed 5 results of square"))
        #expect(try directory.entryFiles().count == 1)
        #expect(try run("clear", "-y", "--json").object()["entries"] as? Int == 1)
        #expect(try directory.entryFiles().isEmpty)
        #expect(FileManager.default.fileExists(atPath: mine))
        // The cache goes on.
        try fill()
        #expect(try directory.entryFiles().count == 6)
    }

    @Test("verify finds damage anywhere in an entry, and --repair removes it")
    func verify() throws {
        try fill()
        #expect(try run("verify").output.contains("Checked 6 results"))
        // In the array of the large entry, and in the head of a small one.
        let files = try directory.entryFiles().sorted {
            try! Data(contentsOf: URL(fileURLWithPath: $0)).count > Data(contentsOf: URL(fileURLWithPath: $1)).count
        }
        for (file, place) in [(files[0], 100_000), (files[1], 130)] {
            var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
            bytes[place] ^= 1
            try bytes.write(to: URL(fileURLWithPath: file))
        }
        let found = try run("verify")
        #expect(found.code == 1 && found.output.contains("the checksum of an array is wrong"))
        #expect(found.output.contains(files[1].suffix(60)) && found.output.contains("2 damaged"))
        #expect(try directory.entryFiles().count == 6)
        #expect(try run("info", "--json").object()["damaged"] as? Int == 1)
        let repaired = try run("verify", "--repair", "--json")
        #expect(repaired.code == 0)
        let damaged = try #require(try repaired.object()["damaged"] as? [[String: Any]])
        #expect(damaged.count == 2 && damaged.allSatisfy { $0["removed"] as? Bool == true })
        #expect(try directory.entryFiles().count == 4)
        #expect(try run("verify").code == 0)
        #expect(try run("ls", "--json").array().count == 4)
    }

    @Test("verify finds entries that the index has lost, and --repair makes it anew")
    func index() throws {
        try fill()
        // An entry that was copied here.
        let file = try directory.entryFiles()[0]
        let other = file.dropLast(2) + (file.hasSuffix("00") ? "11" : "00")
        try FileManager.default.copyItem(atPath: file, toPath: String(other))
        let found = try run("verify")
        #expect(found.output.contains("1 result missing from the index"))
        // It is the entry of another call, too.
        #expect(found.code == 1)
        #expect(try run("verify", "--repair").code == 0)
        #expect(try run("verify", "--json").object()["unlisted"] as? Int == 0)
    }

    @Test(
        "What is no cache is left alone, and said to be none",
        arguments: [
            ["ls"], ["info"], ["prune", "--max-items", "0"], ["clear", "--yes"], ["verify", "--repair"],
        ]
    )
    func noCache(_ command: [String]) throws {
        let other = try CommandDirectory()
        try Data("x".utf8).write(to: URL(fileURLWithPath: other.file("file")))
        try FileManager.default.createDirectory(atPath: other.file("joblib/package"), withIntermediateDirectories: true)
        try Data("x".utf8).write(to: URL(fileURLWithPath: other.file("joblib/package/file")))
        let before = try other.contents()
        for path in [
            other.path, other.file("file"), other.file("joblib"), other.file("missing"), other.file("joblib/package"),
        ] {
            let result = try JoblibCommandLine.run(["cache"] + command + [path])
            #expect(result.code == 2 && result.error.contains("is no cache: "), "\(path): \(result.error)")
            #expect(result.output.isEmpty)
        }
        #expect(try other.contents() == before)
    }

    @Test("A cache of Python's joblib is recognised, and left alone")
    func pythons() throws {
        let other = try CommandDirectory()
        let folder = other.file("joblib/__main__/f/0123456789abcdef")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data("x".utf8).write(to: URL(fileURLWithPath: folder + "/output.pkl"))
        try Data("x".utf8).write(to: URL(fileURLWithPath: other.file("joblib/__main__/f/func_code.py")))
        let result = try JoblibCommandLine.run("cache", "clear", "--yes", other.path)
        #expect(result.code == 2 && result.error.contains("Python's joblib"))
        #expect(FileManager.default.fileExists(atPath: folder + "/output.pkl"))
    }

    @Test("Looking changes nothing")
    func untouched() throws {
        try fill()
        try memory.evict(items: 5)
        try FileManager.default.removeItem(atPath: directory.file(".gitignore"))
        let before = try directory.contents()
        for command in ["ls", "info", "verify"] { #expect(try run(command).code == 0) }
        #expect(try run("prune", "--max-items", "0", "--dry-run").code == 0)
        #expect(try directory.contents() == before)
    }

    @Test("A lost index is made from the entries")
    func lostIndex() throws {
        try fill()
        try FileManager.default.removeItem(atPath: directory.file("joblib/.index"))
        #expect(try run("ls", "--json").array().count == 6)
    }

    @Test("Programs go on while the cache is tidied")
    func concurrently() async throws {
        let directory = directory
        let (location, rounds) = (directory.path, 300)
        async let work: Bool = Task.detached {
            let memory = try Memory(location: location, verbose: 0, recentLimit: 0)
            let triple = memory.cached(
                { (n: Int) in [Int](repeating: 3 * n, count: n.isMultiple(of: 7) ? 9000 : 3) },
                as: "triple"
            )
            for round in 0..<rounds where try triple(round % 40).first != 3 * (round % 40) { return false }
            return memory.statistics.damaged == 0
        }.value
        for _ in 0..<6 {
            #expect(try run("prune", "--max-items", "10").code == 0)
            #expect(try run("verify").code == 0)
            #expect(try run("clear", "--yes").code == 0)
            #expect(try run("ls").code == 0)
        }
        #expect(try await work)
    }
}
