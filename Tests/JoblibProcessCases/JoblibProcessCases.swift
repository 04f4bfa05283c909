import CJoblibProcessCases
import Foundation

/// Programs with worker processes, for tests: the first argument says which.
///
/// Each exits with 0 when it got to its end, having printed what it saw; the test says whether that is right.
@main
enum JoblibProcessCases {
    static func main() async throws {
        joblib_case_link()
        let arguments = Array(CommandLine.arguments.dropFirst())
        // One line for each run of this function, which a worker must never make.
        if let note = CaseEnvironment.value("JOBLIB_CASE_MAINS") { try MainNotes.add(note) }
        switch arguments.first {
        case "crash": try CrashCase(arguments.dropFirst()).run()
        case "print": try OutputCases.printing()
        case "log": try OutputCases.logging()
        case "logMuch": try OutputCases.muchLogging()
        case "initialized": try OutputCases.initialized()
        case "asynchronous": try await OutputCases.asynchronous()
        case "orphan": try OrphanCase.run()
        case "interrupted": try OrphanCase.interrupted()
        case "leaks" where arguments.count == 3: try LeakCase.run(arguments[1], rounds: Int(arguments[2]) ?? 1)
        case "stress" where arguments.count == 3:
            try StressCase.run(seconds: Double(arguments[1]) ?? 1, seed: UInt64(arguments[2]) ?? 1)
        default:
            print("no such case: \(arguments)")
            exit(64)
        }
    }
}
