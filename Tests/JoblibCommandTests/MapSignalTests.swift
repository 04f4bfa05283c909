import Foundation
import Testing

@testable import JoblibSystem

@Suite("joblib map: interrupted and killed", .serialized)
struct MapSignalTests {
    /// Notes its number and its child's, then waits to be let go.
    private static let task =
        "sleep 300 & echo $! > child-$1; echo $$ > self-$1; while [ ! -f go ]; do sleep 0.01; done; kill $!"

    private func begun(_ program: MapProgram, _ arguments: [String] = []) throws -> ChildProcess {
        try program.write(Self.task, to: "work/task")
        try program.write((1...50).map(String.init).joined(separator: "\n"), to: "inputs")
        let child = try program.start(["map", "-j", "2"] + arguments + ["sh task"], input: "inputs")
        try program.wait("two tasks run") {
            program.text("self-1")?.hasSuffix("\n") == true && program.text("self-2")?.hasSuffix("\n") == true
        }
        return child
    }

    private func processes(_ program: MapProgram) throws -> [String] {
        try ["self-1", "self-2", "child-1", "child-2"].map { try #require(program.text($0)) }
    }

    @Test("After Ctrl-C running tasks finish, and nothing new is started")
    func first() throws {
        let program = try MapProgram()
        let child = try begun(program)
        child.send(.interrupt)
        try program.wait("it is said") {
            String(decoding: program.bytes(of: "err"), as: UTF8.self).contains("waiting for 2")
        }
        #expect(child.exitStatus == nil)
        try program.write("", to: "work/go")
        let ending = try program.finish(child)
        #expect(ending.status == .exited(130), "\(ending.errors)")
        #expect(program.text("self-3") == nil)
    }

    @Test("A second Ctrl-C leaves nobody behind")
    func second() throws {
        let program = try MapProgram()
        let child = try begun(program)
        let processes = try processes(program)
        #expect(processes.allSatisfy(MapProgram.lives))
        child.send(.interrupt)
        try program.wait("it is said") {
            String(decoding: program.bytes(of: "err"), as: UTF8.self).contains("waiting for 2")
        }
        child.send(.interrupt)
        #expect(try program.finish(child).status == .exited(130))
        try program.wait("all are gone") { !processes.contains(where: MapProgram.lives) }
    }

    @Test("A request to end does the same at once")
    func terminated() throws {
        let program = try MapProgram()
        let child = try begun(program)
        let processes = try processes(program)
        child.send(.terminate)
        #expect(try program.finish(child).status == .exited(143))
        try program.wait("all are gone") { !processes.contains(where: MapProgram.lives) }
    }

    @Test("Killed, it leaves nobody behind")
    func killed() throws {
        let program = try MapProgram()
        let child = try begun(program)
        let processes = try processes(program)
        child.send(.kill)
        #expect(try program.finish(child).status == .signalled(9, coreDumped: false))
        try program.wait("all are gone") { !processes.contains(where: MapProgram.lives) }
    }

    @Test(
        "What was killed in mid-run is taken up where it stopped, and each output is there once",
        arguments: [false, true]
    )
    func resumed(_ isCut: Bool) throws {
        let program = try MapProgram()
        try program.write("echo $1 >> ran; echo out-$1; [ $1 -lt 150 ] || [ -f go ] || sleep 300", to: "work/task")
        try program.write((1...300).map { "\($0)\n" }.joined(), to: "inputs")
        let arguments = ["map", "-j", "3", "--joblog", "log", "--resume", "sh task"]
        let child = try program.start(arguments, input: "inputs")
        try program.wait("it is in the middle") { program.text("ran")?.contains("151\n") == true }
        child.send(.kill)
        let killed = try program.finish(child)
        #expect(killed.status == .signalled(9, coreDumped: false))
        let log = "\(program.directory)/work/log"
        let logged = try String(contentsOfFile: log, encoding: .utf8)
        let done = logged.split(separator: "\n").count - 1
        #expect(done > 100 && done < 152)
        // As if it had been killed while it wrote a line.
        if isCut { try logged.dropLast(4).write(toFile: log, atomically: true, encoding: .utf8) }
        try program.write("", to: "work/go")
        let ending = try program.finish(program.start(arguments, input: "inputs"))
        #expect(ending.status == .exited(0), "\(ending.errors)")
        let outputs = killed.lines.prefix(isCut ? done - 1 : done) + ending.lines
        #expect(Array(outputs) == (1...300).map { "out-\($0)" })
        let again = try program.finish(program.start(arguments, input: "inputs"))
        #expect(again.status == .exited(0) && again.text.isEmpty)
    }

    @Test("After Ctrl-C what waits for another attempt has shown its output and is not logged as done")
    func waitingForRetry() throws {
        let program = try MapProgram()
        let script = "echo try-$1; [ $1 = 2 ] || exit 3; : > ran-2; while [ ! -f go ]; do sleep 0.01; done"
        try program.write(script, to: "work/task")
        try program.write("1\n2\n", to: "inputs")
        let arguments = ["--retries", "1", "--retry-delay", "1h", "--joblog", "log", "sh task"]
        let child = try program.start(["map", "-j", "1"] + arguments, input: "inputs")
        // One place: the first has failed by then.
        try program.wait("the second runs") { program.text("ran-2") != nil }
        child.send(.interrupt)
        try program.wait("it is said") {
            String(decoding: program.bytes(of: "err"), as: UTF8.self).contains("waiting for 1")
        }
        try program.write("", to: "work/go")
        let ending = try program.finish(child)
        #expect(ending.status == .exited(130), "\(ending.errors)")
        #expect(ending.text == "try-1\ntry-2\n")
        let log = try #require(program.text("log")).split(separator: "\n").dropFirst()
        #expect(log.count == 1 && log.first?.hasSuffix("sh task 2") == true)
        try program.write("echo again-$1", to: "work/task")
        #expect(try program.run("--joblog", "log", "--resume", "sh task", "1", "2").text == "again-1\n")
    }

    @Test("What failed is run again if that is wanted")
    func resumedFailed() throws {
        let program = try MapProgram()
        try program.write("[ $1 = 2 ] && [ ! -f go ] && exit 7; echo $1", to: "work/task")
        #expect(try program.run("--joblog", "log", "sh task", "1", "2", "3").status == .exited(1))
        #expect(try program.run("--joblog", "log", "--resume", "sh task", "1", "2", "3").text.isEmpty)
        try program.write("", to: "work/go")
        #expect(try program.run("--joblog", "log", "--resume-failed", "sh task", "1", "2", "3").text == "2\n")
        #expect(try program.run("--joblog", "log", "--resume-failed", "sh task", "1", "2", "3").text.isEmpty)
    }

    #if os(Linux)
    @Test(
        "Who wants to read from the terminal is told so, and does not wait for ever",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script"))
    )
    func terminal() throws {
        let program = try MapProgram()
        // `script` gives a terminal to what it runs.
        try program.write("\"\(CommandProgram.path)\" map -j 2 'sh task' a b; echo code $?\n", to: "work/run")
        try program.write("[ $1 = b ] && exit 0; read line < /dev/tty; echo $line", to: "work/task")
        let ending = try program.script("script -qc 'sh run' ../typescript")
        #expect(ending.text.contains("task 1: wants to read from the terminal"), "\(ending.text)")
        #expect(ending.text.contains("1 of 2 tasks failed") && ending.text.contains("code 1"))
    }
    #endif
}
