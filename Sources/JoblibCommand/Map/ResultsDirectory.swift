internal import JoblibSystem

/// `--results`: for each task a directory with its number, in which its output, errors, command and end are.
struct ResultsDirectory {
    let path: String

    init(_ path: String) throws {
        self.path = path
        try Directory.make(path)
    }

    func write(_ job: MapJob, _ outcome: MapOutcome) throws {
        let directory = "\(path)/\(job.task.sequence)"
        try Directory.make(directory)
        try write(job.outputSpool, to: directory + "/stdout")
        try write(job.errorSpool, to: directory + "/stderr")
        let command = ByteText.shellLine(Array(job.words))
        try FileOutput.writeAtomically(command + [UInt8(ascii: "\n")], to: directory + "/command")
        let seconds = FixedSeconds.text(nanoseconds: job.elapsed)
        let end =
            "exit \(outcome.exitCode)\nsignal \(outcome.signal)\nseconds \(seconds)\n"
        try FileOutput.writeAtomically(end, to: directory + "/status")
    }

    private func write(_ spool: Spool, to path: String) throws {
        try FileOutput.stream(to: path) { sink in
            // Safe: the sink only reads the bytes, while they are there.
            try spool.forEachPiece { try unsafe $0.withUnsafeBytes { try unsafe sink.write($0) } }
        }
    }
}
