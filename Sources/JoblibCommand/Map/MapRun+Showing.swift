internal import Joblib
internal import JoblibSystem

extension MapRun {
    /// Takes what a running command has written.
    func take(_ bytes: [UInt8], _ job: MapJob, _ stream: ByteStream) throws {
        let spool = stream.descriptor == 1 ? job.outputSpool : job.errorSpool
        if stream.descriptor == 1 { job.received += bytes.count }
        switch settings.order {
        case .lines:
            try takeLines(bytes, job, stream, spool)
        case .input where job.order == nextShown && !settings.needsWholeOutput:
            // Nothing can come before it any more: it need not wait.
            try flush(job)
            write(tag(bytes, job, stream), stream)
        default:
            try spool.append(bytes)
        }
    }

    /// Shows whole lines, and keeps the rest.
    private func takeLines(_ bytes: [UInt8], _ job: MapJob, _ stream: ByteStream, _ spool: Spool) throws {
        guard let last = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return try spool.append(bytes) }
        var lines: [UInt8] = []
        try spool.forEachPiece { lines += $0 }
        spool.clear()
        lines += bytes[...last]
        write(tag(lines, job, stream), stream)
        if last + 1 < bytes.count { try spool.append(Array(bytes[(last + 1)...])) }
    }

    private func tag(_ bytes: [UInt8], _ job: MapJob, _ stream: ByteStream) -> [UInt8] {
        stream.descriptor == 1 ? job.outputTagger.tagged(bytes) : job.errorTagger.tagged(bytes)
    }

    /// A task that is done: shows it, or keeps it until it is its turn.
    func show(_ job: MapJob) {
        guard settings.order == .input else {
            output(job)
            nextShown += 1
            return
        }
        // What has written nothing loses nothing when the run is killed before its turn.
        if job.isSilent { note(job) }
        waiting[job.order] = job
        showWaiting()
    }

    /// A task that is not run at all.
    func hide(_ job: MapJob) {
        guard settings.order == .input else { return }
        waiting[job.order] = job
        showWaiting()
    }

    func showWaiting() {
        while let job = waiting.removeValue(forKey: nextShown) {
            if job.outcome != nil { output(job) }
            nextShown += 1
        }
        // What the next one has written so far need not wait for its end.
        guard !settings.needsWholeOutput, let next = running.first(where: { $0.order == nextShown }) else { return }
        do { try flush(next) } catch { fail(error) }
    }

    private func output(_ job: MapJob) {
        do {
            try flush(job)
            if settings.isTagged { endLines(job) }
        } catch {
            fail(error)
        }
        note(job)
        job.outputSpool.clear()
        job.errorSpool.clear()
    }

    private func flush(_ job: MapJob) throws {
        try job.outputSpool.forEachPiece { write(tag($0, job, .output), .output) }
        try job.errorSpool.forEachPiece { write(tag($0, job, .error), .error) }
        guard job.outcome == nil else { return }
        job.outputSpool.clear()
        job.errorSpool.clear()
    }

    /// A last line without its end would run into another task's.
    private func endLines(_ job: MapJob) {
        if job.outputTagger.isWithinLine { write([UInt8(ascii: "\n")], .output) }
        if job.errorTagger.isWithinLine { write([UInt8(ascii: "\n")], .error) }
    }

    /// Writes a task into the log, once its output is out.
    private func note(_ job: MapJob) {
        guard let log, let outcome = job.outcome, outcome != .stopped, !job.isNoted, !isReaderGone else { return }
        job.isNoted = true
        do { try log.write(job, outcome) } catch { fail(error) }
    }

    private func write(_ bytes: [UInt8], _ stream: ByteStream) {
        guard !bytes.isEmpty, !isReaderGone else { return }
        screen.clearLine()
        let begun = settings.timeout == nil ? 0 : MonotonicClock.now
        let error = stream.write(bytes) {
            handleSignals()
            return interruptions > 1
        }
        if settings.timeout != nil { extendDeadlines(by: MonotonicClock.now - begun) }
        guard let error else { return }
        // Messages that nobody reads are no reason to stop.
        guard stream.descriptor == 1 else { return }
        if error.isPeerGone {
            isReaderGone = true
            close(killing: true)
        } else if interruptions <= 1 {
            fail(error)
        }
    }
}
