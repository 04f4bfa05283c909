import Foundation
import Testing

@testable import JoblibSystem

/// The command `joblib map`, run as users run it, in a directory of its own.
final class MapProgram: Sendable {
    /// What a run has left.
    struct Ending: Sendable {
        var status: ProcessStatus
        var output: [UInt8]
        var errors: String

        var text: String { String(decoding: output, as: UTF8.self) }
        var lines: [String] { text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init) }
    }

    let directory: String

    init() throws {
        directory = NSTemporaryDirectory() + "/joblib-map-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory + "/work", withIntermediateDirectories: true)
        try write("", to: "none")
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    /// A file beside the working directory, in which inputs and outputs are.
    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(directory)/\(name)"))
    }

    func bytes(of name: String) -> [UInt8] {
        (try? Data(contentsOf: URL(fileURLWithPath: "\(directory)/\(name)"))).map { Array($0) } ?? []
    }

    /// A file in the working directory as text; nil when there is none.
    func text(_ name: String) -> String? {
        try? String(contentsOfFile: "\(directory)/work/\(name)", encoding: .utf8)
    }

    /// Runs `joblib map` with these arguments, and waits.
    func run(_ arguments: String..., input: String = "") throws -> Ending {
        try write(input, to: "in")
        return try finish(start(["map"] + arguments, input: "in"))
    }

    /// Runs a script in which `joblib` is the program: for names that are no text.
    func script(_ script: String, input: String = "") throws -> Ending {
        try write(input, to: "in")
        let quoted = "joblib() { \"\(CommandProgram.path)\" \"$@\"; }\n"
        return try finish(startShell(quoted + script, [], input: "in"))
    }

    func start(_ arguments: [String], input: String = "none") throws -> ChildProcess {
        try startShell("exec \"$@\"", [CommandProgram.path] + arguments, input: input)
    }

    private func startShell(_ script: String, _ arguments: [String], input: String) throws -> ChildProcess {
        let files = ["../\(input)", "../out", "../err"]
        let streams = "cd \"$0\"; in=$1 out=$2 err=$3; shift 3; exec <\"$in\" >\"$out\" 2>\"$err\"\n"
        var request = SpawnRequest(
            executable: "/bin/sh",
            arguments: ["-c", streams + script, directory + "/work"] + files + arguments
        )
        request.ownProcessGroup = true
        return try ChildProcess.spawn(request)
    }

    func finish(_ child: ChildProcess) throws -> Ending {
        // Ten thousand processes are a few minutes' work for a machine that has other work.
        let status = try #require(try child.wait(until: MonotonicClock.now + 600_000_000_000), "it does not end")
        return Ending(
            status: status,
            output: bytes(of: "out"),
            errors: String(decoding: bytes(of: "err"), as: UTF8.self)
        )
    }

    /// Waits until something holds.
    func wait(_ what: Comment, until holds: () -> Bool) throws {
        let deadline = MonotonicClock.now + 60_000_000_000
        while !holds() {
            try #require(MonotonicClock.now < deadline, what)
            // Between two looks at files that other programs write.
            usleep(2000)
        }
    }

    /// Whether a process is there and is no zombie.
    static func lives(_ process: String) -> Bool {
        guard let number = Int32(process.trimmingCharacters(in: .whitespacesAndNewlines)) else { return false }
        if let status = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8) {
            return !status.contains(") Z ")
        }
        return kill(number, 0) == 0
    }
}
