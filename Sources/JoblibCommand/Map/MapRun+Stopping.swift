internal import Joblib
internal import JoblibSystem

extension MapRun {
    /// Who is asked to end has so long.
    private static let grace: UInt64 = 1_000_000_000

    /// The first Ctrl-C: nothing new is started. The second one, and other requests to end: what runs is killed.
    func handleSignals() {
        for request in signals.take() {
            interruptions += request == .interrupt ? 1 : 2
            if interruption == nil || request != .interrupt { interruption = request }
            if interruptions == 1 {
                isClosing = true
                if !running.isEmpty {
                    let count = running.count
                    screen.note(
                        "interrupted: waiting for \(count) running \(count == 1 ? "task" : "tasks"); Ctrl-C again kills"
                    )
                }
            } else {
                close(killing: true, at: interruptions > 2 ? 0 : MonotonicClock.now + Self.grace)
            }
        }
    }

    /// Starts nothing more.
    ///
    /// - Parameters:
    ///   - killing: Ends what runs.
    ///   - killTime: When those that do not end by themselves are killed; nil: after a grace.
    func close(killing: Bool, at killTime: UInt64? = nil) {
        isClosing = true
        guard killing else { return }
        for job in running { stop(job, .runEnds, at: killTime ?? MonotonicClock.now + Self.grace) }
    }

    private func stop(_ job: MapJob, _ reason: MapJob.Stop, at killTime: UInt64) {
        if job.stopping == nil {
            job.stopping = reason
            job.deadline = Poll.forever
            job.command?.send(.terminate)
            // One that is stopped would hear of it when it goes on only.
            job.command?.send(.resume)
        }
        job.killTime = min(job.killTime, killTime)
    }

    /// Stops those whose time is over, and kills those that were asked and did not end.
    func stopLate() {
        guard !running.isEmpty else { return }
        var now: UInt64?
        for job in running where job.deadline != Poll.forever || job.killTime != Poll.forever {
            let time = now ?? MonotonicClock.now
            now = time
            if job.deadline <= time {
                // Its end may be there and not have been looked at yet.
                if hasEnded(job) { continue }
                stop(job, .timeout, at: time + Self.grace)
            }
            if job.killTime <= time {
                job.command?.send(.kill)
                job.killTime = Poll.forever
            }
        }
    }

    private func hasEnded(_ job: MapJob) -> Bool {
        guard let command = job.command else { return true }
        return (try? Poll.wait(for: command.ending.number, until: 0)) ?? false
    }

    /// While we waited for the reader of our output, commands may have waited for us to take theirs.
    func extendDeadlines(by time: UInt64) {
        for job in running where job.deadline != Poll.forever { job.deadline &+= time }
    }

    /// Gives memory back if it is time to; who is stopped is run again later.
    func watchMemory() {
        guard memory != nil, !running.isEmpty, !isClosing else { return }
        let now = MonotonicClock.now
        guard let next = memory?.nextLook, next <= now, let available = SystemMemory.availableByteCount() else { return }
        let place = memory?.look(now: now, available: available, running: running.map(\.stopping))
        if let place { stop(running[place], .memory, at: now + Self.grace) }
    }
}
