internal import JoblibSystem

extension RunReport {
    /// Writes the run as a picture: a lane per worker, a bar per batch, the share of busy time, and the ``advice``.
    ///
    /// The SVG opens in every browser (light or dark as the reader's screen is) and in presentation programs. Over a bar
    /// the pointer shows its tasks, time and attempt. Bars too narrow to see are drawn as one, paler where they do not
    /// fill it, so that a run of a million tasks stays below a megabyte.
    ///
    /// ```swift
    /// let (pages, report) = try Parallel(jobs: 8).mapWithReport(files) { try ocr($0) }
    /// try report.writeTimeline(to: "run.svg")
    /// ```
    ///
    /// - Parameter path: The file to write or replace; its folder must exist. It appears whole or not at all.
    /// - Throws: ``JoblibError`` (`.cannotWriteFile`) with the path and the system's reason if the file cannot be
    ///   written. A run with failed tasks, or one that was not recorded, is no reason to throw.
    public func writeTimeline(to path: String) throws {
        do {
            try FileOutput.writeAtomically(TimelinePicture(self).svg(), to: path)
        } catch {
            throw JoblibError.cannotWriteFile(path, what: "The timeline", cause: error)
        }
    }
}
