import Synchronization
import Testing

@testable import JoblibParallel

/// What becomes of workers that are given up.
@Suite(.timeLimit(.minutes(10))) struct ThreadSessionTests {
    /// An asynchronous batch that goes on until the task that runs it is cancelled.
    private final class Endless: BatchRunner {
        let batch: Dispatch.Batch
        let isAsynchronous = true
        let begun = Gate()
        let wasCancelled = Gate()
        private let cancelled: Tally
        private let number = Atomic(-1)

        init(_ id: Int, cancelled: Tally) {
            batch = Dispatch.Batch(id: id, tasks: id..<id + 1, attempt: 1)
            self.cancelled = cancelled
        }

        var worker: Int { number.load(ordering: .relaxed) }

        func run(worker: Int) async {
            number.store(worker, ordering: .relaxed)
            begun.open()
            do { try await Task.sleep(for: .seconds(3600)) } catch { wasCancelled.open() }
            cancelled.add()
        }

        func runBlocking(worker: Int) {}
        func fail(_ error: JoblibError) {}
        func cancel() {}
    }

    @Test("After two were given up together, giving up one of those in their places cancels that one, and a stop all")
    func togetherThenOne() async throws {
        for _ in 0..<20 {
            let request = SessionRequest(jobs: 2, callerIsAsynchronous: true, hasTimeout: true)
            let session = try ThreadsBackend().makeSession(request)
            defer { session.stop() }
            let cancelled = Tally()
            let runners = (0..<4).map { Endless($0, cancelled: cancelled) }
            let batches = runners.map { TaskBatch(runner: $0) }
            for batch in batches { session.submit(batch) }
            for runner in runners[..<2] { try await runner.begun.passed("the first batches") }
            for batch in batches[..<2] { session.abandon(batch) }
            for runner in runners[2...] { try await runner.begun.passed("the batches in their places") }
            try await cancelled.reached(2, "the first batches to be cancelled")
            let late = try #require(runners[2...].first { $0.worker == 1 })
            session.abandon(batches[late.batch.id])
            try await cancelled.reached(3, "another batch to be cancelled")
            try #require(late.wasCancelled.isOpen, "its neighbour was")
            session.stop()
            try await cancelled.reached(4, "the last batch to be cancelled")
        }
    }
}
