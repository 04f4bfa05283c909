// A backend that runs each batch on a thread of its own.
import Foundation
import Joblib
import JoblibTesting

// snippet.backend
struct FreshThreads: ParallelBackend {
    let name = "fresh-threads"

    func makeSession(_ request: SessionRequest) throws -> any BackendSession {
        FreshThreadsSession(capacity: request.jobs)
    }
}
// snippet.end

// snippet.session
final class FreshThreadsSession: BackendSession {
    let capacity: Int
    private let lock = NSLock()
    // Every access to these is under the lock.
    nonisolated(unsafe) private var waiting: [TaskBatch] = []
    nonisolated(unsafe) private var freeWorkers: Set<Int>
    nonisolated(unsafe) private var workers: [TaskBatch.ID: Int] = [:]
    nonisolated(unsafe) private var isStopped = false

    init(capacity: Int) {
        self.capacity = capacity
        freeWorkers = Set(0..<capacity)
    }

    func submit(_ batch: TaskBatch) {
        lock.withLock { waiting.append(batch) }
        startNext()
    }

    func abandon(_ batch: TaskBatch) {
        // Its thread can't be stopped, but another one may have its number.
        free(batch)
    }

    func stop() {
        lock.withLock {
            isStopped = true
            waiting = []
        }
    }

    private func startNext() {
        let next: (batch: TaskBatch, worker: Int)? = lock.withLock {
            guard !isStopped, !waiting.isEmpty, let worker = freeWorkers.popFirst() else { return nil }
            let batch = waiting.removeFirst()
            workers[batch.id] = worker
            return (batch, worker)
        }
        guard let (batch, worker) = next else { return }
        if batch.isAsynchronous {
            Task {
                if !lock.withLock({ isStopped }) { await batch.run(worker: worker) }
                free(batch)
            }
        } else {
            Thread.detachNewThread {
                // The call may have ended while the thread began.
                if !self.lock.withLock({ self.isStopped }) { batch.runBlocking(worker: worker) }
                self.free(batch)
            }
        }
    }

    private func free(_ batch: TaskBatch) {
        lock.withLock {
            if let worker = workers.removeValue(forKey: batch.id) { freeWorkers.insert(worker) }
        }
        startNext()
    }
}
// snippet.end

// snippet.shorthand
extension ParallelBackend where Self == FreshThreads {
    static var freshThreads: FreshThreads { FreshThreads() }
}

let squares = try Parallel(jobs: 4, backend: .freshThreads).map(1...100) { $0 * $0 }
// snippet.end

// snippet.register
ParallelBackendRegistry.register("fresh-threads") { FreshThreads() }
// snippet.end
precondition(squares == (1...100).map { $0 * $0 })
let doubled = try await Parallel(jobs: 4, backend: .freshThreads).map(1...100) { number in
    await Task.yield()
    return number * 2
}
precondition(doubled == (1...100).map { $0 * 2 })

// snippet.conformance
for check in BackendConformance.checks(for: .freshThreads) {
    try await check.run()
}
// snippet.end
