import Foundation
import JoblibParallel
import Synchronization

/// Threads with one fault.
struct BrokenBackend: ParallelBackend {
    enum Fault: Sendable, CaseIterable {
        case runsTwice, neverRuns, losesSome, exceedsCapacity, runsOneAtATime, sharesWorkerNumbers, countsWorkersFromOne
        case ignoresStop, ignoresAbandon, blocksOnAsynchronous, forgetsAsynchronous
        case hasNoName, hasNoWorkers, cannotStart, failsBatches
    }

    let fault: Fault

    init(_ fault: Fault) {
        self.fault = fault
    }

    var name: String { fault == .hasNoName ? "" : "broken" }

    func effectiveJobs(_ jobs: JobCount?, processors: Int) throws -> Int {
        fault == .hasNoWorkers ? 0 : try FreshThreads().effectiveJobs(jobs, processors: processors)
    }

    func makeSession(_ request: SessionRequest) throws -> any BackendSession {
        if fault == .cannotStart { throw JoblibError(code: .backendUnavailable, message: "Nobody is there") }
        return BrokenSession(fault, capacity: request.jobs)
    }
}

private final class BrokenSession: BackendSession {
    private struct State {
        var queue: [TaskBatch] = []
        var freeWorkers: [Int]
        var workers: [TaskBatch.ID: Int] = [:]
        var submitted = 0
        var isStopped = false
    }

    let capacity: Int
    private let fault: BrokenBackend.Fault
    private let state: Mutex<State>

    init(_ fault: BrokenBackend.Fault, capacity: Int) {
        self.fault = fault
        self.capacity = capacity
        let width = fault == .exceedsCapacity ? capacity + 1 : fault == .runsOneAtATime ? 1 : capacity
        state = Mutex(State(freeWorkers: Array(0..<width)))
    }

    func submit(_ batch: TaskBatch) {
        if fault == .failsBatches {
            return batch.fail(JoblibError(code: .backendUnavailable, message: "No batch can be run"))
        }
        state.withLock { state in
            state.submitted += 1
            if fault == .neverRuns || (fault == .losesSome && state.submitted % 5 == 4) { return }
            if !state.isStopped || fault == .ignoresStop { state.queue.append(batch) }
        }
        startNext()
    }

    func abandon(_ batch: TaskBatch) {
        if fault != .ignoresAbandon { ended(batch) }
    }

    func stop() {
        state.withLock { state in
            state.isStopped = true
            if fault != .ignoresStop { state.queue = [] }
        }
    }

    private func startNext() {
        let next = state.withLock { state -> (batch: TaskBatch, worker: Int)? in
            guard !state.queue.isEmpty, let worker = state.freeWorkers.popLast() else { return nil }
            let batch = state.queue.removeFirst()
            state.workers[batch.id] = worker
            return (batch, worker)
        }
        guard let next else { return }
        if next.batch.isAsynchronous, fault != .blocksOnAsynchronous {
            if fault == .forgetsAsynchronous { return }
            Task {
                await next.batch.run(worker: next.worker)
                if self.fault == .runsTwice { await next.batch.run(worker: next.worker) }
                self.ended(next.batch)
            }
        } else {
            Thread.detachNewThread { self.run(next.batch, next.worker) }
        }
    }

    private func run(_ batch: TaskBatch, _ worker: Int) {
        switch fault {
        case .sharesWorkerNumbers: batch.runBlocking(worker: 0)
        case .countsWorkersFromOne: batch.runBlocking(worker: worker + 1)
        case .exceedsCapacity: batch.runBlocking(worker: min(worker, capacity - 1))
        case .runsTwice:
            batch.runBlocking(worker: worker)
            batch.runBlocking(worker: worker)
        default: batch.runBlocking(worker: worker)
        }
        ended(batch)
    }

    private func ended(_ batch: TaskBatch) {
        state.withLock { state in
            if let worker = state.workers.removeValue(forKey: batch.id) { state.freeWorkers.append(worker) }
        }
        startNext()
    }
}
