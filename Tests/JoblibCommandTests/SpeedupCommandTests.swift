import Foundation
import JoblibSystem
import Testing

@testable import JoblibCommand

@Suite("joblib speedup, as a program", .serialized)
struct SpeedupCommandTests {
    private static let tiny = ["speedup", "--sizes", "20,40", "--jobs", "1,2", "--repetitions", "2", "--tasks", "4"]

    @Test("A run prints a table and a sentence and writes picture and times, which can be plotted again")
    func run() throws {
        let folder = try CommandDirectory()
        let result = try CommandProgram.run(Self.tiny + ["--output", folder.path + "/a/b"])
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.output.contains("processes      2"))
        #expect(result.output.contains("With 2 jobs the convolution of 40 samples ran "))
        #expect(!result.output.contains("\u{1B}"))
        #expect(result.errors.contains("measuring: 20 of 20 (100%)"))
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/a/b").sorted()
        #expect(files == ["speedup.png", "speedup.svg", "times.csv", "times.txt"])
        let png = try #require(FileManager.default.contents(atPath: folder.path + "/a/b/speedup.png"))
        #expect(try DecodedPNG(Array(png)).width == 1600)

        let times = folder.path + "/a/b/times.txt"
        let svg = try String(contentsOfFile: folder.path + "/a/b/speedup.svg", encoding: .utf8)
        let again = try CommandProgram.run(["speedup", "--plot-only", times, "--output", folder.path + "/c"])
        #expect(again.code == 0, "\(again.errors)")
        #expect(try String(contentsOfFile: folder.path + "/c/speedup.svg", encoding: .utf8) == svg)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/c").count == 2)
        let other = try CommandProgram.run(["speedup", "--from", times, "--against", "size"])
        #expect(other.code == 0, "\(other.errors)")
        #expect(try String(contentsOfFile: folder.path + "/a/b/speedup.svg", encoding: .utf8) != svg)
    }

    @Test("JSON is all that standard output gets", arguments: Workload.allCases)
    func json(workload: Workload) throws {
        let folder = try CommandDirectory()
        let arguments = [
            "speedup", "--workload", workload.rawValue, "--sizes", "1", "2", "--jobs", "2", "--tasks", "2",
        ]
        let result = try CommandProgram.run(
            arguments + ["--backends", "threads", "--repetitions", "1", "--json", "--quiet", "--output", folder.path]
        )
        #expect(result.code == 0 && result.errors.isEmpty, "\(result.errors)")
        let json = try #require(JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        #expect(json["workload"] as? String == workload.rawValue)
        #expect((json["results"] as? [Any])?.count == 4)
    }

    @Test(
        "Wrong use ends with 2 and says what is wrong",
        arguments: [
            (["speedup", "--jobs", "0"], "--jobs"), (["speedup", "--colour"], "--colour"),
            (["speedup", "--plot-only", "/no/such/times.txt"], "/no/such/times.txt"),
            (["speedup", "--plot-only", "/etc/passwd"], "no times that joblib speedup wrote"),
        ]
    )
    func wrongUse(arguments: [String], text: String) throws {
        let result = try CommandProgram.run(arguments)
        #expect(result.code == 2)
        #expect(result.errors.contains(text))
        #expect(result.output.isEmpty)
    }

    @Test("A folder that cannot be made ends with 1 and its name")
    func unwritable() throws {
        let folder = try CommandDirectory()
        #expect(FileManager.default.createFile(atPath: folder.path + "/file", contents: Data()))
        let result = try CommandProgram.run(Self.tiny + ["--quiet", "--output", folder.path + "/file/x"])
        #expect(result.code == 1)
        #expect(result.errors.contains(folder.path + "/file"))
    }

    @Test("Ctrl-C ends a run at once, with 130 and no file")
    func interrupt() throws {
        let folder = try CommandDirectory()
        let program = try CommandProgram.start(
            [
                "speedup", "--workload", "sleep", "--sizes", "1,500000", "--jobs", "2", "--output",
                folder.path + "/none",
            ]
        )
        // The first line comes when the first measurement has been made; the next one would take hours.
        #expect(try program.waitForErrors(containing: "measuring: 1 of"))
        program.child.send(.interrupt)
        let result = try program.finish()
        #expect(result.code == 130)
        #expect(result.errors.contains("Interrupted; nothing was written."))
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/none"))
    }

    @Test("Help names the options and the exit codes")
    func help() throws {
        let result = try CommandProgram.run(["speedup", "--help"])
        #expect(result.code == 0)
        #expect(result.output.contains("--plot-only") && result.output.contains("--workload"))
    }
}
