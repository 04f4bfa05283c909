import Foundation

/// A Python with joblib and NumPy, or the reason why there is none.
struct Python {
    private let name: String
    /// nil: it can be used.
    let missing: String?

    init(named name: String) {
        self.name = name
        do {
            let status = try Self.start(name, "-c", "import joblib, numpy", isQuiet: true)
            missing = status == 0 ? nil : "“\(name)” has not both, or cannot be started"
        } catch {
            missing = "“\(name)” cannot be started: \(error)"
        }
    }

    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    /// Runs a script, whose output is this program's.
    func run(_ script: String, _ arguments: String...) throws {
        // What this program has printed comes first.
        fflush(nil)
        let status = try Self.start(name, arguments: [script] + arguments, isQuiet: false)
        guard status == 0 else { throw Failed(description: "\(name) \(script) ended with \(status)") }
    }

    private static func start(_ name: String, _ arguments: String..., isQuiet: Bool) throws -> Int32 {
        try start(name, arguments: arguments, isQuiet: isQuiet)
    }

    private static func start(_ name: String, arguments: [String], isQuiet: Bool) throws -> Int32 {
        let process = Process()
        // env looks for a name without a slash where a shell does.
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [name] + arguments
        if isQuiet {
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
        }
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
