internal import JoblibSystem

extension RunReport {
    /// Writes the run as trace events, to be opened in <https://ui.perfetto.dev> or `chrome://tracing`.
    ///
    /// The trace has one track per worker, one slice per batch with its tasks, attempt and outcome, and a counter of the
    /// batches that were running. A run that was not recorded gives a valid trace without slices.
    ///
    /// ```swift
    /// let (pages, report) = try Parallel(jobs: 8).mapWithReport(files) { try ocr($0) }
    /// try report.writeTrace(to: "run.json")
    /// ```
    ///
    /// - Parameter path: The file to write or replace; its folder must exist. It appears whole or not at all.
    /// - Throws: ``JoblibError`` (`.cannotWriteFile`) with the path and the system's reason if the file cannot be
    ///   written. A run with failed tasks is no reason to throw.
    public func writeTrace(to path: String) throws {
        do {
            try FileOutput.writeAtomically(TraceText(self).json(), to: path)
        } catch {
            throw JoblibError.cannotWriteFile(path, what: "The trace", cause: error)
        }
    }
}
