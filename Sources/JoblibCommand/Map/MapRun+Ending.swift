internal import Joblib
internal import JoblibSystem

extension MapRun {
    private static let pieceSize = 64 << 10
    /// What a pipe can hold at most, by default: what somebody writes after the command's end need not be waited for.
    private static let mostAfterEnd = 1 << 20

    /// Reads what a command has written by now.
    func read(_ job: MapJob, _ stream: ByteStream) throws {
        guard job.command != nil else { return }
        let isOutput = stream.descriptor == ByteStream.output.descriptor
        guard let descriptor = isOutput ? job.output : job.errors else { return }
        guard let bytes = try ByteFile.readSome(descriptor.number, upTo: Self.pieceSize) else { return }
        if bytes.isEmpty {
            if isOutput { job.output = nil } else { job.errors = nil }
        } else {
            try take(bytes, job, stream)
        }
    }

    /// A command's process has ended.
    func end(_ job: MapJob) throws {
        guard let command = job.command else { return }
        // While it has not been waited for, its group's number is its own: what it has started goes with it.
        if job.stopping != nil { command.send(.kill) }
        guard let status = command.exitStatus() else { return }
        for stream in [ByteStream.output, .error] {
            var count = 0
            while let descriptor = stream.descriptor == 1 ? job.output : job.errors, count < Self.mostAfterEnd {
                guard let bytes = try ByteFile.readSome(descriptor.number, upTo: Self.pieceSize), !bytes.isEmpty else {
                    break
                }
                count += bytes.count
                try take(bytes, job, stream)
            }
        }
        job.ended = MonotonicClock.now
        job.output = nil
        job.errors = nil
        job.command = nil
        job.deadline = Poll.forever
        job.killTime = Poll.forever
        running.removeAll { $0 === job }
        free(job.slot)
        var outcome: MapOutcome =
            switch (job.stopping, status) {
            case (.timeout, _): .timedOut(settings.timeout ?? .zero)
            case (.runEnds, _): .stopped
            case (.memory, _): .stopped
            case (nil, .exited(let code)): .exited(code)
            case (nil, .signalled(let number, _)): .signalled(number)
            // Nobody else in this program waits for children; if somebody does, it is not known to have succeeded.
            case (nil, .unknown): .exited(255)
            }
        if let failure = command.startFailure { outcome = .notStarted("\(failure)") }
        record(job, outcome)
        if case .memory = job.stopping, !isClosing { return tryAgain(job, after: nil) }
        if !outcome.isSuccess, outcome != .stopped, !isClosing,
            settings.retries.allowsRetry(afterAttempt: job.attempt, reason: .thrown, failure: CommandFailed())
        {
            return tryAgain(job, after: outcome)
        }
        finish(job, outcome)
    }

    /// What the policy of retries is asked about; it looks at the attempt only.
    private struct CommandFailed: Error {}

    /// - Parameter outcome: How it failed; nil: it did not.
    private func tryAgain(_ job: MapJob, after outcome: MapOutcome?) {
        job.notBefore = MonotonicClock.now
        if outcome != nil {
            tally.retried += 1
            let unit = Double.random(in: 0..<1)
            let delay = settings.retries.delay(beforeAttempt: job.attempt + 1, unit: unit)
            job.notBefore &+= UInt64(delay / .nanoseconds(1))
        } else {
            job.attempt -= 1
            job.clear()
        }
        retrying.append(job)
    }

    /// The run ends while tasks wait to be tried again, and others for their turn to be shown.
    func finishRest() {
        // Not done and not failed for good: the next run has to try them again.
        for job in retrying { finish(job, .stopped) }
        retrying = []
        for order in waiting.keys.sorted() {
            nextShown = order
            showWaiting()
        }
    }

    /// The lowest place is taken next.
    private func free(_ slot: Int) {
        let place = freeSlots.firstIndex { $0 < slot } ?? freeSlots.count
        freeSlots.insert(slot, at: place)
    }

    private func record(_ job: MapJob, _ outcome: MapOutcome) {
        workers[job.slot].busy += .nanoseconds(Int64(clamping: job.elapsed))
        workers[job.slot].tasks += 1
        workers[job.slot].batches += 1
        guard settings.isRecorded else { return }
        let ending: RunReport.Span.Outcome =
            switch outcome {
            case .timedOut: .timedOut
            case .stopped: .cancelled
            default: outcome.isSuccess ? .succeeded : .failed
            }
        let place = job.task.sequence - 1
        spans.append(
            RunReport.Span(
                tasks: place..<place + 1,
                worker: job.slot,
                start: .nanoseconds(Int64(clamping: job.started - begun)),
                end: .nanoseconds(Int64(clamping: job.ended - begun)),
                outcome: ending,
                attempt: job.attempt
            )
        )
    }

    /// A task is done for good.
    func finish(_ job: MapJob, _ outcome: MapOutcome) {
        job.outcome = outcome
        if case .notStarted(let reason) = outcome {
            try? job.errorSpool.append(Array("joblib map: \(reason)\n".utf8))
        }
        do {
            if outcome == .exited(0), let cache, let key = job.cacheKey { try cache.keep(job, for: key) }
            if outcome != .stopped { try results?.write(job, outcome) }
        } catch {
            fail(error)
        }
        tally.add(job, outcome)
        if settings.halt.holds(succeeded: tally.succeeded, failed: tally.failed), !isClosing {
            isHaltedBySuccess = settings.halt.event == .success
            close(killing: settings.halt.isNow)
        }
        show(job)
    }
}
