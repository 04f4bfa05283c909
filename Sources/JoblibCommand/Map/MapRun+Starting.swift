internal import Joblib
internal import JoblibSystem

extension MapRun {
    /// How many tasks may be ahead of the oldest one that has not been shown: outputs wait in memory, or in files.
    private var mostAhead: Int { max(4096, 8 * settings.jobs) }
    /// How many files outputs may be in, each of which is a descriptor: two of each task that runs, and others.
    private var mostFiles: Int { 128 + 2 * settings.jobs }
    /// Tasks that end at once, because they are done or cached, before signals are looked at again.
    private static let mostAtOnce = 256

    /// Starts what may be started now.
    ///
    /// - Returns: When to try again even if nothing else happens.
    func startSome() -> UInt64 {
        var taken = 0
        while !isClosing {
            let now = MonotonicClock.now
            if let wake = reasonToWait(now) { return wake }
            guard let job = nextJob(now) else {
                return retrying.map(\.notBefore).min() ?? Poll.forever
            }
            start(job)
            taken += 1
            // Back soon: with nothing to wait for, this is a look.
            if taken >= Self.mostAtOnce { return 0 }
        }
        return Poll.forever
    }

    /// Until when nothing may be started; nil if something may be.
    private func reasonToWait(_ now: UInt64) -> UInt64? {
        guard !freeSlots.isEmpty else { return Poll.forever }
        if settings.delay > .zero, lastStart > 0 {
            let next = lastStart &+ UInt64(settings.delay / .nanoseconds(1))
            if next > now { return next }
        }
        if let memory, let available = SystemMemory.availableByteCount(), !memory.allowsStart(available: available) {
            screen.note("waiting for memory: \(SizeText.bytes(available)) are available")
            return now + MemoryWatch.interval
        }
        return nil
    }

    /// Whether those that are done are too far ahead of the oldest one that is not: their outputs take memory or disk.
    private var isTooFarAhead: Bool {
        budget.files >= mostFiles || (settings.order == .input && nextOrder - nextShown >= mostAhead)
    }

    /// The task that comes next, if there is one now.
    private func nextJob(_ now: UInt64) -> MapJob? {
        if let place = retrying.firstIndex(where: { $0.notBefore <= now }) { return retrying.remove(at: place) }
        guard !inputsEnded, !waitsForInput, !isTooFarAhead else { return nil }
        do {
            switch try inputs.next() {
            case .end:
                inputsEnded = true
                return nil
            case .later:
                waitsForInput = true
                return nil
            case .input(let input):
                defer { nextSequence += 1 }
                let task = MapTask(sequence: nextSequence, input: input)
                defer { nextOrder += 1 }
                return MapJob(task, order: nextOrder, budget: budget, isTagged: settings.isTagged)
            }
        } catch {
            // The inputs that were read are worked on.
            if failure == nil { failure = error }
            isClosing = true
            return nil
        }
    }

    private func start(_ job: MapJob) {
        let slot = freeSlots[freeSlots.count - 1]
        job.slot = slot
        job.words = template.words(job.task, slot: slot)
        job.startedAt = WallClock.nanoseconds
        job.started = MonotonicClock.now
        job.ended = job.started
        if job.attempt == 0, finishedBefore?.take(job.words) == true {
            tally.skipped += 1
            return hide(job)
        }
        job.attempt += 1
        job.clear()
        job.outcome = nil
        job.stopping = nil
        let executable: [UInt8]
        do {
            executable = try executables.path(of: job.words[0])
        } catch {
            return finish(job, .notStarted("\(error)"))
        }
        if let cache, job.attempt == 1 {
            job.cacheKey = cache.key(job.words, executable: executable)
            if let key = job.cacheKey, let result = cache.result(key) { return replay(result, for: job) }
        }
        do {
            let request = CommandRequest(path: executable, arguments: job.words, niceness: settings.niceness)
            let command = try launcher.start(request, slot: slot)
            freeSlots.removeLast()
            job.command = command
            job.output = command.output
            job.errors = command.errors
            lastStart = job.started
            if let timeout = settings.timeout { job.deadline = job.started &+ UInt64(timeout / .nanoseconds(1)) }
            running.append(job)
        } catch {
            notStarted(job, error)
        }
    }

    private func notStarted(_ job: MapJob, _ error: SystemError) {
        // Out of descriptors or processes: those that run give some back.
        if error.isExhausted, !running.isEmpty {
            job.attempt -= 1
            job.notBefore = MonotonicClock.now + 100_000_000
            retrying.append(job)
            return
        }
        let isZero = job.words.contains { $0.contains(0) }
        finish(
            job,
            .notStarted(isZero ? "an argument has a zero byte; separate inputs by them with --null" : "\(error)")
        )
    }

    private func replay(_ result: CommandResult, for job: MapJob) {
        do {
            try job.outputSpool.append(result.output)
            try job.errorSpool.append(result.errors)
        } catch {
            return fail(error)
        }
        finish(job, .cached)
    }
}
