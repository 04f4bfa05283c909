import Foundation
import JoblibSystem

/// The program `joblib`, which lies beside the tests' own.
struct CommandProgram {
    /// How a run ended, and what it printed.
    struct Result {
        var code: Int32?
        var output: String
        var errors: String
    }

    static let path: String = {
        #if os(macOS)
        let products = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
        #else
        let products = CurrentProcess.executablePath.map { URL(fileURLWithPath: $0) }
        #endif
        return products?.deletingLastPathComponent().appendingPathComponent("joblib").path ?? "joblib"
    }()

    let child: ChildProcess
    private let folder: CommandDirectory

    /// Starts the program; what it prints goes to files, so that nothing waits for a reader.
    static func start(_ arguments: [String], environment: [String: String] = [:]) throws -> CommandProgram {
        let folder = try CommandDirectory()
        var variables = Environment.all
        for name in ["JOBLIB_BACKEND", "JOBLIB_CACHE_DIR", "JOBLIB_MAX_CPU_COUNT", "NO_COLOR"] { variables[name] = nil }
        variables.merge(environment) { $1 }
        var request = SpawnRequest(executable: path, arguments: arguments, environment: variables)
        let (output, errors) = (try folder.new("output"), try folder.new("errors"))
        request.standardInput = .null
        request.standardOutput = .descriptor(output.fileDescriptor)
        request.standardError = .descriptor(errors.fileDescriptor)
        let child = try ChildProcess.spawn(request)
        try output.close()
        try errors.close()
        return CommandProgram(child: child, folder: folder)
    }

    /// Runs the program to its end.
    static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Result {
        try start(arguments, environment: environment).finish()
    }

    /// Waits for the program's end.
    func finish() throws -> Result {
        let status = try child.wait(until: MonotonicClock.now + 120_000_000_000)
        if status == nil { child.send(.kill) }
        var code: Int32?
        if case .exited(let number) = status { code = number }
        return Result(code: code, output: try folder.text("output"), errors: try folder.text("errors"))
    }

    /// Waits until the program has printed a text on standard error; false when it ends before, or never does.
    func waitForErrors(containing text: String) throws -> Bool {
        let deadline = MonotonicClock.now + 120_000_000_000
        while MonotonicClock.now < deadline {
            if try folder.text("errors").contains(text) { return true }
            if try child.wait(until: MonotonicClock.now + 10_000_000) != nil { return false }
        }
        return false
    }
}
