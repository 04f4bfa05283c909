import Foundation
import JoblibSystem
import Testing

/// The program of Tests/JoblibProcessCases, which lies beside the tests' own.
enum ProcessCase {
    static let path: String = {
        #if os(macOS)
        let products = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
        #else
        let products = CurrentProcess.executablePath.map { URL(fileURLWithPath: $0) }
        #endif
        let name = "JoblibProcessCases"
        return products?.deletingLastPathComponent().appendingPathComponent(name).path ?? name
    }()

    /// Runs a case to its end and returns what it printed, line by line; a case that failed is a recorded issue.
    ///
    /// One that does not come to its end is killed.
    static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> [String] {
        let (child, output) = try start(arguments, environment: environment)
        let text = String(decoding: try output.readToEnd() ?? Data(), as: UTF8.self)
        let status = try child.wait()
        #expect(status == .exited(0), "\(arguments): \(text)")
        return text.split(separator: "\n").map(String.init)
    }

    /// Starts a case; the descriptor reads what it prints.
    static func start(
        _ arguments: [String],
        environment: [String: String] = [:]
    ) throws -> (child: ChildProcess, output: FileHandle) {
        let output = Pipe()
        var request = SpawnRequest(executable: path, arguments: arguments)
        request.environment = Environment.all.merging(environment) { $1 }
        request.standardOutput = .descriptor(output.fileHandleForWriting.fileDescriptor)
        request.standardError = .null
        let child = try ChildProcess.spawn(request)
        try output.fileHandleForWriting.close()
        return (child, output.fileHandleForReading)
    }
}
