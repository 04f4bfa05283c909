import Foundation
import Joblib
import JoblibSystem
import Testing

@Suite("Timer, joblib's PrintTime")
struct TimerTests {
    /// A clock that a test sets, and the lines that a timer printed.
    private final class Desk: Sendable {
        let nanoseconds = Lock<UInt64>(5_000_000_000)
        let lines = Lock<[String]>([])

        func timer(logFile: String? = nil, logDirectory: String? = nil) throws -> Joblib.Timer {
            try Joblib.Timer(
                logFile: logFile,
                logDirectory: logDirectory,
                date: "Sat Nov 21 10:24:37 2026",
                clock: { self.nanoseconds.withLock { $0 } },
                output: { line in self.lines.withLock { $0.append(line) } }
            )
        }

        func pass(milliseconds: UInt64) { nanoseconds.withLock { $0 += milliseconds * 1_000_000 } }
        var printed: [String] { lines.withLock { $0 } }
    }

    private static let header = "\nLogging joblib script\n\n---Sat Nov 21 10:24:37 2026---\n"

    @Test("Each call prints the time since the last one, and the total when asked")
    func lines() throws {
        let desk = Desk()
        let timer = try desk.timer()
        desk.pass(milliseconds: 320)
        timer("loading")
        desk.pass(milliseconds: 12_020)
        timer("all", total: true)
        desk.pass(milliseconds: 90_000)
        timer("rest")
        timer()
        let expected = ["loading: 0.3s, 0.0min", "all: 12.34s, 0.2 min", "rest: 90.0s, 1.5min", ": 0.0s, 0.0min"]
        #expect(desk.printed == expected)
    }

    @Test("A log file begins with a date and holds the same lines")
    func logFile() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/deep/er/run.log"
        let desk = Desk()
        let timer = try desk.timer(logFile: path)
        timer("loading")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text == Self.header + "loading: 0.0s, 0.0min\n")
    }

    @Test("Former logs are kept as .1 to .9, the newest first")
    func rotation() throws {
        let folder = try TemporaryFolder()
        for run in 0..<12 { try Desk().timer(logDirectory: folder.path)("run \(run)") }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names == ["joblib.log"] + (1...9).map { "joblib.log.\($0)" })
        for (name, run) in zip(names, (2...11).reversed()) {
            let text = try String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8)
            #expect(text == Self.header + "run \(run): 0.0s, 0.0min\n")
        }
    }

    @Test("A log file and a log directory together are refused")
    func both() {
        let error = #expect(throws: JoblibError.self) { try Joblib.Timer(logFile: "a", logDirectory: "b") }
        #expect(error?.code == .inconsistentOptions)
        #expect(String(describing: error).contains("cannot take both a log file and a log directory"))
    }

    @Test("A log that cannot be begun is named with its reason")
    func impossiblePath() throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: JoblibError.self) { try Desk().timer(logFile: folder.path) }
        #expect(error?.code == .cannotWriteFile)
        #expect(error?.message == "Timer could not begin its log '\(folder.path)'")
        let reason = String(describing: error?.cause)
        #expect(reason.contains("Is a directory"))
    }

    @Test("A log that can no longer be written does not stop the program")
    func lostLog() throws {
        let folder = try TemporaryFolder()
        let desk = Desk()
        let timer = try desk.timer(logDirectory: folder.path + "/logs")
        try FileManager.default.removeItem(atPath: folder.path + "/logs")
        timer("still here")
        #expect(desk.printed == ["still here: 0.0s, 0.0min"])
    }

    @Test("Threads may share a timer: no line is lost")
    func sharing() async throws {
        let desk = Desk()
        let timer = try desk.timer()
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<50 { group.addTask { timer("\(index)") } }
        }
        #expect(Set(desk.printed).count == 50)
    }

    @Test("The date is the local time in C's form")
    func date() throws {
        let folder = try TemporaryFolder()
        _ = try Joblib.Timer(logFile: folder.path + "/run.log")
        let text = try String(contentsOfFile: folder.path + "/run.log", encoding: .utf8)
        let date = try #require(text.split(separator: "\n").last)
        #expect(date.wholeMatch(of: /---\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}---/) != nil)
    }
}
