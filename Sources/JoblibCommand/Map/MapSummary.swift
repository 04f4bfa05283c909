internal import Joblib
internal import JoblibParallel

/// How a run ended, for people and for programs.
struct MapSummary {
    let tally: MapTally
    let jobs: Int
    let elapsed: Duration
    let isInterrupted: Bool
    let isHalted: Bool
    /// Who reads the output has seen enough, which is no accident.
    let isReaderGone: Bool

    /// A line or a few for what a person has to know; empty when all is well.
    var text: String {
        let stopped = isReaderGone ? 0 : tally.stopped
        guard tally.failed > 0 || stopped > 0 || isHalted else { return "" }
        var lines: [String] = []
        if tally.failed > 0 {
            lines.append("\(tally.failed) of \(tally.done) \(tally.done == 1 ? "task" : "tasks") failed:")
            for failure in tally.failures {
                let command = ByteText.readable(failure.command, limit: 120)
                lines.append("  task \(failure.sequence): \(Self.words(failure.outcome)): \(command)")
            }
            let rest = tally.failed - tally.failures.count
            if rest > 0 { lines.append("  and \(rest) more") }
        }
        if stopped > 0 {
            lines.append("\(stopped) \(stopped == 1 ? "task was" : "tasks were") begun and not finished.")
        }
        if isHalted { lines.append("Stopped as --halt says, before the inputs ended.") }
        return lines.map { "joblib map: \($0)\n" }.joined()
    }

    /// For programs: one line.
    var json: String {
        var json = JSONText()
        json.object { json in
            json.member("succeeded", tally.succeeded)
            json.member("failed", tally.failed)
            json.member("cached", tally.cached)
            json.member("timedOut", tally.timedOut)
            json.member("retried", tally.retried)
            json.member("skipped", tally.skipped)
            json.member("stopped", tally.stopped)
            json.member("jobs", jobs)
            json.member("milliseconds", Int(elapsed / .milliseconds(1)))
            json.member("interrupted", isInterrupted)
            json.array("failures") { json in
                for failure in tally.failures {
                    json.object { json in
                        json.member("task", failure.sequence)
                        json.member("reason", Self.words(failure.outcome))
                        json.member("exitCode", Int(failure.outcome.exitCode))
                        json.member("signal", Int(failure.outcome.signal))
                        json.member("command", String(decoding: failure.command, as: UTF8.self))
                    }
                }
            }
        }
        return json.text + "\n"
    }

    private static func words(_ outcome: MapOutcome) -> String {
        switch outcome {
        case .exited(let code): "exit code \(code)"
        case .signalled(let number): "killed by signal \(number)"
        case .timedOut(let limit): "took longer than \(DurationFormat.people(limit))"
        case .notStarted(let reason): reason
        case .cached: "done before"
        case .stopped: "killed"
        }
    }
}
