import Foundation
import JoblibSystem
import Testing

/// The command `joblib`, run as people run it.
enum JoblibCommandLine {
    struct Result {
        var code: Int32?
        var output: String
        var error: String

        /// The output, which must be JSON.
        func json() throws -> Any { try JSONSerialization.jsonObject(with: Data(output.utf8)) }

        func object() throws -> [String: Any] { try #require(try json() as? [String: Any]) }
        func array() throws -> [[String: Any]] { try #require(try json() as? [[String: Any]]) }
    }

    static let path: String = {
        #if os(macOS)
        let products = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
        #else
        let products = CurrentProcess.executablePath.map { URL(fileURLWithPath: $0) }
        #endif
        return products?.deletingLastPathComponent().appendingPathComponent("joblib").path ?? "joblib"
    }()

    static func run(
        _ arguments: String...,
        environment: [String: String] = [:]
    ) throws -> Result {
        try run(arguments, environment: environment)
    }

    static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Result {
        let output = Pipe()
        let errors = NSTemporaryDirectory() + "/joblib-errors-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: errors) }
        _ = FileManager.default.createFile(atPath: errors, contents: nil)
        let errorFile = try #require(FileHandle(forWritingAtPath: errors))
        var request = SpawnRequest(executable: path, arguments: arguments)
        request.environment = Environment.all.filter { $0.key != "JOBLIB_CACHE_DIR" }.merging(environment) { $1 }
        request.standardOutput = .descriptor(output.fileHandleForWriting.fileDescriptor)
        request.standardError = .descriptor(errorFile.fileDescriptor)
        let child = try ChildProcess.spawn(request)
        try output.fileHandleForWriting.close()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        let status = try child.wait()
        let error = try String(contentsOfFile: errors, encoding: .utf8)
        guard case .exited(let code) = status else {
            Issue.record("\(arguments): \(status): \(error)")
            return Result(code: nil, output: text, error: error)
        }
        return Result(code: code, output: text, error: error)
    }
}

/// A directory of its own for each test, gone with it.
final class CommandDirectory: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "/joblib-command-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    /// All files below the directory, with their contents.
    func contents() throws -> [String: Data] {
        var contents: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
            contents[name] = try? Data(contentsOf: URL(fileURLWithPath: path + "/" + name))
        }
        return contents
    }

    /// The files of a cache's entries.
    func entryFiles() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path)
            .filter { $0.split(separator: "/").last?.count == 62 }.map { path + "/" + $0 }.sorted()
    }
}
