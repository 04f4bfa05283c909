import Foundation
import JoblibSystem
import Testing

/// Whole programs with worker processes: what they print, log and leave behind.
@Suite("Programs with worker processes", .timeLimit(.minutes(10)))
struct ProcessProgramTests {
    @Test("What tasks print appears, whole lines and all of them")
    func printing() throws {
        let lines = try ProcessCase.run(["print"])
        let expected = (0..<6).flatMap { ["task \($0)", "part \($0);"] } + ["end"]
        #expect(lines.sorted() == expected.sorted())
        #expect(lines.last == "end")
    }

    @Test("What tasks log arrives at the program's logger, with the task's number")
    func logging() throws {
        let lines = try ProcessCase.run(["log"])
        #expect(lines == (0..<4).map { "warning hello from \($0) task=\($0) kind=test true" })
    }

    @Test("A task may log as much as it likes")
    func muchLogging() throws {
        #expect(try ProcessCase.run(["logMuch"]) == ["3000"])
    }

    @Test("A program's main never runs in a worker")
    func mains() throws {
        try TemporaryFiles.use { directory in
            let notes = "\(directory)/mains"
            _ = try ProcessCase.run(["crash", "running", "exit", "1"], environment: ["JOBLIB_CASE_MAINS": notes])
            let mains = try String(contentsOfFile: notes, encoding: .utf8)
            #expect(mains.split(separator: "\n").count == 1)
        }
    }

    @Test("Globals that C or C++ initializes before main are initialized in workers, too")
    func initializers() throws {
        #expect(try ProcessCase.run(["initialized"]) == ["[42, 42]"])
    }

    @Test("Tasks may sleep, detach tasks and use queues, though main has never run")
    func asynchronous() throws {
        #expect(try ProcessCase.run(["asynchronous"]) == ["[0, 2, 4, 6]", "[0, 1, 2, 3]"])
    }

    @Test("A program that is killed leaves no worker, though its tasks go on for ever")
    func orphans() throws {
        let (child, _, workers) = try Self.busyProgram("orphan")
        child.send(.kill)
        _ = try child.wait()
        try ProcessList.waitUntilGone(workers)
    }

    @Test("Ctrl-C ends a program and its workers, as the shell expects")
    func interruption() throws {
        let (child, output, workers) = try Self.busyProgram("orphan")
        child.send(.interrupt)
        #expect(try child.wait() == .signalled(2, coreDumped: false))
        try ProcessList.waitUntilGone(workers)
        #expect(try output.readToEnd()?.isEmpty ?? true)
    }

    @Test("A call that asked for it is told of Ctrl-C")
    func interruptionAsError() throws {
        let (child, output, workers) = try Self.busyProgram("interrupted")
        child.send(.interrupt)
        #expect(try child.wait() == .exited(0))
        try ProcessList.waitUntilGone(workers)
        #expect(String(decoding: try output.readToEnd() ?? Data(), as: UTF8.self) == "interrupted\n")
    }

    /// A program whose two workers compute for ever, once they do.
    private static func busyProgram(_ name: String) throws -> (ChildProcess, FileHandle, workers: [Int32]) {
        let (child, output) = try ProcessCase.start([name])
        var text = ""
        while text.split(separator: "\n").count < 2 || !text.hasSuffix("\n") {
            let data = output.availableData
            if data.isEmpty { break }
            text += String(decoding: data, as: UTF8.self)
        }
        let workers = text.split(separator: "\n").compactMap { $0.split(separator: " ").last.flatMap { Int32($0) } }
        try #require(workers.count == 2, "\(text)")
        return (child, output, workers)
    }

    // The cases look at themselves in /proc.
    #if os(Linux)
    @Test("Hundreds of calls leave nothing behind", arguments: ["calls", "pools", "crashes", "failures"])
    func leaks(_ what: String) throws {
        let growth = try ProcessCase.run(["leaks", what, what == "calls" ? "300" : "100"])
        #expect(growth == ["nothing"])
    }

    @Test("A leak would have been found")
    func leaksAreFound() throws {
        #expect(try ProcessCase.run(["leaks", "leakingMemory", "100"])[0].contains("mappings"))
        #expect(try ProcessCase.run(["leaks", "leakingChildren", "3"])[0].contains("children"))
        #expect(try ProcessCase.run(["leaks", "leakingBytes", "300"])[0].contains("bytes"))
    }

    @Test("All results are right while workers are killed at random")
    func stress() throws {
        let seconds = Environment.value("JOBLIB_STRESS_SECONDS") ?? "10"
        let seed = UInt64.random(in: 1...1_000_000)
        #expect(try ProcessCase.run(["stress", seconds, "\(seed)"]) == ["wrong 0, after some kills"], "seed \(seed)")
    }
    #endif
}
