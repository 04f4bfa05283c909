internal import JoblibSystem
internal import Synchronization

// A batch that runs in another process.
extension TypedBatch {
    func departing(_ coder: WireCoder) throws -> (bytes: [UInt8], functions: [Int]) {
        guard let remote = core.remote else { throw JoblibError.batchCannotTravel }
        return try remote.encode(elements, coder)
    }

    func departs(worker number: Int) -> Bool {
        // It may have been given to a worker before that has gone since.
        let before = worker.exchange(number, ordering: .relaxed)
        return before < 0 ? core.batchStarted(self) : core.isUnderWay(self)
    }

    func couldNotDepart(_ error: any Error, worker number: Int) {
        guard departs(worker: number) else { return }
        var assembly = RemoteAssembly<Output>(worker: number, taskCount: elements.count)
        if elements.count == 1 {
            assembly.fail(failure(at: 0, .threw, error, WorkerIdentity.here(number)), core.plan, core.scope)
        }
        core.batchEnded(self, assembly.outcome)
    }

    func arrived(_ arrival: RemoteArrival) {
        var assembly = RemoteAssembly<Output>(worker: arrival.worker.index, taskCount: elements.count)
        for part in arrival.parts {
            if assembly.isIntact { add(part, arrival, &assembly) }
            // What no decoder has asked for would stay.
            if !part.segments.isEmpty { arrival.inbox.drop(part.segments) }
        }
        if let death = arrival.death { die(death, arrival, &assembly) }
        let limit = core.plan.timeout.map { UInt64(clamping: $0.nanoseconds) } ?? .max
        if arrival.death == nil, assembly.runTime > limit {
            return core.batchEnded(self, timedOut(now: MonotonicClock.now))
        }
        // One that was told to stop has not run all its tasks: that is not a loss.
        if arrival.death == nil, assembly.isIntact { assembly.isComplete = true }
        core.batchEnded(self, assembly.outcome)
    }

    // MARK: - Parts

    private func add(_ part: BatchReport, _ arrival: RemoteArrival, _ assembly: inout RemoteAssembly<Output>) {
        assembly.add(time: part)
        switch part.outcome {
        case .undecodable(let error):
            guard elements.count == 1 else { return assembly.isBroken() }
            assembly.fail(failure(at: 0, error, arrival.worker), core.plan, core.scope)
        case .results(let payload):
            do {
                guard let remote = core.remote else { throw JoblibError.batchCannotTravel }
                let outputs = try remote.decode(try arrival.bytes(payload), arrival.decoder())
                guard outputs.count == part.count - part.failures.count else { throw SegmentProblem.wrongSize }
                assembly.add(outputs, wrap: core.work.remote.wrap)
                for failed in part.failures {
                    let failure = failure(at: failed.offset, failed.error, arrival.worker)
                    assembly.insert(failure, at: failed.offset, core.plan, core.scope)
                }
            } catch {
                // Which of several it is shows when each is run by itself.
                guard elements.count == 1 else { return assembly.isBroken() }
                assembly.fail(failure(at: 0, .unreadableResult, error, arrival.worker), core.plan, core.scope)
            }
        }
    }

    private func die(_ death: RemoteArrival.Death, _ arrival: RemoteArrival, _ assembly: inout RemoteAssembly<Output>) {
        let done = assembly.results.count
        assembly.isBroken()
        // Where it can't be told which of several it was, each is run by itself.
        let guilty = elements.count == 1 ? 0 : death.task
        guard let guilty, guilty >= done, guilty < elements.count else { return }
        let failure = TaskFailure(
            index: batch.tasks.lowerBound + guilty,
            call: core.work.describe(elements[guilty]),
            reason: death.reason,
            traceback: death.evidence.traceback,
            worker: death.evidence.identity,
            attempt: batch.attempt,
            standardErrorTail: death.evidence.standardErrorTail
        )
        assembly.fail(failure, at: guilty, core.plan, core.scope)
    }

    // MARK: - Failures

    private func failure(at offset: Int, _ error: RemoteError, _ worker: WorkerIdentity) -> TaskFailure {
        let reason: TaskFailure.Reason =
            switch error.kind {
            case .threw: .threw
            case .cancelled: .cancelled
            case .unreadableResult: .unreadableResult
            }
        return failure(at: offset, reason, error.error, worker, traceback: error.traceback)
    }

    private func failure(
        at offset: Int,
        _ reason: TaskFailure.Reason,
        _ error: any Error,
        _ worker: WorkerIdentity,
        traceback: [TracebackFrame] = []
    ) -> TaskFailure {
        TaskFailure(
            index: batch.tasks.lowerBound + offset,
            call: core.work.describe(elements[min(offset, elements.count - 1)]),
            reason: reason,
            underlying: error,
            traceback: traceback,
            worker: worker,
            attempt: batch.attempt
        )
    }
}
