// The texts of the errors about files that reports, plots and timers write.

extension JoblibError {
    /// - Parameters:
    ///   - path: The file as the user named it.
    ///   - what: What it was to hold, as in "The plot"; may be left out.
    ///   - cause: The system's reason.
    package static func cannotWriteFile(_ path: String, what: String? = nil, cause: any Error) -> Self {
        Self(
            code: .cannotWriteFile,
            message: "\(what.map { "\($0) " } ?? "")\(quoted(path)) could not be written",
            remedy: "See that its folder exists, may be written by this program, and has free space.",
            cause: cause
        )
    }

    package static func cannotBeginLog(_ path: String, cause: any Error) -> Self {
        Self(
            code: .cannotWriteFile,
            message: "Timer could not begin its log \(quoted(path))",
            remedy: "Give the path of a file that may be written, or write Timer() for standard error only.",
            cause: cause
        )
    }

    package static var logFileAndDirectory: Self {
        Self(
            code: .inconsistentOptions,
            message: "Timer(logFile:logDirectory:) cannot take both a log file and a log directory",
            remedy: "Leave one out; logDirectory: \"logs\" writes logs/joblib.log."
        )
    }
}
