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

    static func run(
        _ arguments: String...,
        environment: [String: String] = [:]
    ) throws -> Result {
        try run(arguments, environment: environment)
    }

    static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Result {
        let result = try CommandProgram.run(arguments, environment: environment)
        if result.code == nil { Issue.record("\(arguments): it did not exit: \(result.errors)") }
        return Result(code: result.code, output: result.output, error: result.errors)
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

    /// A new file to be written to.
    func new(_ name: String) throws -> FileHandle {
        try Data().write(to: URL(fileURLWithPath: file(name)))
        return try FileHandle(forWritingTo: URL(fileURLWithPath: file(name)))
    }

    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: file(name))), as: UTF8.self)
    }

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
