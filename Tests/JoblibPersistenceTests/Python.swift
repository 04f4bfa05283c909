import Foundation

/// The Python that tests may ask, named by the environment variable JOBLIB_TEST_PYTHON; it has NumPy and joblib.
enum Python {
    static let path = ProcessInfo.processInfo.environment["JOBLIB_TEST_PYTHON"].flatMap { $0.isEmpty ? nil : $0 }

    struct Failure: Error {
        var text: String
    }

    /// Runs a program; what it prints, or an error with what it says.
    static func run(_ program: String, _ arguments: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path ?? "")
        process.arguments = ["-c", program] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: data, as: UTF8.self)
        guard process.terminationStatus == 0 else { throw Failure(text: text) }
        return text
    }
}
