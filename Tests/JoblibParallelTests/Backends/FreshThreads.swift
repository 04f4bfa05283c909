import Foundation
import JoblibParallel
import Synchronization

// The example in the documentation of `ParallelBackend`, word for word: `DocumentedBackendTests` compares them.

struct FreshThreads: ParallelBackend {
    let name = "fresh-threads"

    func makeSession(_ request: SessionRequest) throws -> any BackendSession {
        FreshThreadsSession(capacity: request.jobs)
    }
}

final class FreshThreadsSession: BackendSession {
    private struct State {
        var queue: [TaskBatch] = []
        var freeWorkers: [Int]
        /// Who runs which batch.
        var workers: [TaskBatch.ID: Int] = [:]
        var isStopped = false
    }

    let capacity: Int
    private let state: Mutex<State>

    init(capacity: Int) {
        self.capacity = capacity
        state = Mutex(State(freeWorkers: Array(0..<capacity)))
    }

    func submit(_ batch: TaskBatch) {
        state.withLock { if !$0.isStopped { $0.queue.append(batch) } }
        startNext()
    }

    func abandon(_ batch: TaskBatch) {
        // A thread can't be stopped. It is left behind, and its number goes to another.
        ended(batch)
    }

    func stop() {
        state.withLock { state in
            state.isStopped = true
            state.queue = []
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
        if next.batch.isAsynchronous {
            Task {
                await next.batch.run(worker: next.worker)
                self.ended(next.batch)
            }
        } else {
            Thread.detachNewThread {
                next.batch.runBlocking(worker: next.worker)
                self.ended(next.batch)
            }
        }
    }

    private func ended(_ batch: TaskBatch) {
        state.withLock { state in
            if let worker = state.workers.removeValue(forKey: batch.id) { state.freeWorkers.append(worker) }
        }
        startNext()
    }
}
