/// What became of the tasks.
struct MapTally: Sendable {
    /// A failure to tell of at the end.
    struct Failure: Sendable {
        var sequence: Int
        var outcome: MapOutcome
        var command: [UInt8]
    }

    private static let mostFailures = 10

    var succeeded = 0
    var failed = 0
    /// Of those that succeeded.
    var cached = 0
    /// Of those that failed.
    var timedOut = 0
    /// Attempts beyond the first ones.
    var retried = 0
    /// Left out because a job log says that they are done.
    var skipped = 0
    /// Killed because the run ended early.
    var stopped = 0
    /// The first ones.
    private(set) var failures: [Failure] = []

    var done: Int { succeeded + failed }

    mutating func add(_ job: MapJob, _ outcome: MapOutcome) {
        switch outcome {
        case .stopped:
            stopped += 1
            return
        case .cached: cached += 1
        case .timedOut: timedOut += 1
        default: break
        }
        if outcome.isSuccess {
            succeeded += 1
        } else {
            failed += 1
            if failures.count < Self.mostFailures {
                failures.append(
                    Failure(
                        sequence: job.task.sequence,
                        outcome: outcome,
                        command: ByteText.shellLine(Array(job.words))
                    )
                )
            }
        }
    }
}
