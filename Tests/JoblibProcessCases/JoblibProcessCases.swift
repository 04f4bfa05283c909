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
        default:
            print("no such case: \(arguments)")
            exit(64)
        }
    }
}
