/// What the diagnostics throw, worded in one place.
package struct DiagnosticsError: Error, Sendable, CustomStringConvertible {
    package let description: String

    /// A report, trace or plot could not be written to the path the user gave.
    static func cannotWrite(_ what: String, to path: String, because cause: any Error) -> DiagnosticsError {
        let cause = String(describing: cause)
        let place = cause.contains(path) ? cause : "\(path): \(cause)"
        return DiagnosticsError(
            description: "\(what) could not be written: \(place). "
                + "Give the path of a file in a folder that exists and may be written to."
        )
    }

    /// A log could not be begun at the path the user gave.
    static func cannotLog(to path: String, because cause: any Error) -> DiagnosticsError {
        let cause = String(describing: cause)
        let place = cause.contains(path) ? cause : "\(path): \(cause)"
        return DiagnosticsError(
            description: "Timer could not begin its log file: \(place). "
                + "Give the path of a file that may be written to, or use Timer() to write to standard error only."
        )
    }

    /// Both a log file and a log directory were given.
    static var logFileAndDirectory: DiagnosticsError {
        DiagnosticsError(
            description: "Timer(logFile:logDirectory:) cannot take both a log file and a log directory: "
                + "leave one out (logDirectory: \"logs\" writes logs/joblib.log)."
        )
    }
}
