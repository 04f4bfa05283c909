internal import JoblibSystem

/// A line for each task that is done, in the form of GNU parallel's `--joblog`.
///
/// A line is written with one call when its task is done and its output is out, so that a run that is killed can be
/// taken up where it stopped. Commands are written as a shell would have to be given them, on one line,
/// but for `{%}` and `{#}`, which would hide that a command is the same: the number is in the first column.
final class JobLog {
    private static let header = "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand\n"

    private let file: OpenFile
    private let host = CurrentProcess.hostName

    /// - Parameters:
    ///   - path: The file.
    ///   - continued: What is there stays, and this is added.
    init(_ path: String, continued: Bool) throws(SystemError) {
        file = OpenFile(try ByteFile.growing(path, emptied: !continued))
        let size = try file.file.size()
        if size == 0 {
            try file.file.write(Array(Self.header.utf8))
        } else if try file.file.read(upTo: 1, at: size - 1) != [UInt8(ascii: "\n")] {
            // Half a line of a run that was killed: it says nothing, and must not swallow the next one.
            try file.file.write([UInt8(ascii: "\n")])
        }
    }

    func write(_ job: MapJob, _ outcome: MapOutcome) throws {
        let seconds = FixedSeconds.text(nanoseconds: job.elapsed)
        let start = FixedSeconds.text(nanoseconds: UInt64(max(job.startedAt, 0)))
        let ending = "\(outcome.exitCode)\t\(outcome.signal)"
        let head = "\(job.task.sequence)\t\(host)\t\(start)\t\(seconds)\t0\t\(job.received)\t\(ending)\t"
        try file.file.write(Array(head.utf8) + job.words.logLine + [UInt8(ascii: "\n")])
    }
}

/// Seconds with three digits behind the point, without ever going through floating point.
enum FixedSeconds {
    static func text(nanoseconds: UInt64) -> String {
        let milliseconds = nanoseconds / 1_000_000
        let digits = String(milliseconds % 1000)
        return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
    }
}
