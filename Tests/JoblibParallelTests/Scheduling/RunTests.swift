import JoblibSystem
import Synchronization
import Testing

@testable import JoblibParallel

/// What a call promises about retries, failures and its own end, on the road with books.
@Suite(.timeLimit(.minutes(10))) struct RunTests {
    private struct Failed: Error {}

    @Test("A lone task that fails is tried again after its delay, though nothing else would wake the caller")
    func loneRetryWithDelay() throws {
        let attempts = Atomic(0)
        let policy = RetryPolicy.times(2, backoff: .constant(.milliseconds(1)), on: .thrown)
        let results = try Parallel(jobs: 2, retries: policy).map([5]) { value in
            if attempts.wrappingAdd(1, ordering: .relaxed).newValue < 3 { throw Failed() }
            return value
        }
        #expect(results == [5])
        #expect(attempts.load(ordering: .relaxed) == 3)
    }

    @Test("All tasks of a call may fail at first", arguments: [1, 2, 4])
    func allFailAtFirst(jobs: Int) throws {
        let policy = RetryPolicy.times(1, backoff: .constant(.milliseconds(2)), on: .thrown)
        let results = try Parallel(jobs: JobCount(jobs), retries: policy).map(Array(0..<50)) { value in
            if TaskContext.current.attempt == 1 { throw Failed() }
            return value
        }
        #expect(results == Array(0..<50))
    }

    @Test("A retry predicate is asked once for each failure")
    func predicateCount() throws {
        let asked = Atomic(0)
        let policy = RetryPolicy.times(3) { _ in
            asked.wrappingAdd(1, ordering: .relaxed)
            return true
        }
        let results = try Parallel(jobs: 2, retries: policy).mapResults(Array(0..<20)) { _ in throw Failed() }
        #expect(results.count == 20)
        // The fourth attempt is the last whatever the predicate would say.
        #expect(asked.load(ordering: .relaxed) == 60)
    }

    @Test("A predicate that changes its mind loses no task", arguments: [1, 7])
    func ficklePredicate(batchSize: Int) throws {
        let asked = Atomic(0)
        let policy = RetryPolicy.times(1000) { _ in asked.wrappingAdd(1, ordering: .relaxed).newValue > 1 }
        let parallel = Parallel(jobs: 2, batchSize: BatchSize(batchSize), retries: policy)
        let results = Result {
            try parallel.map(Array(0..<14)) { value in
                if TaskContext.current.attempt == 1, value == 3 { throw Failed() }
                return value
            }
        }
        // The first answer is "no": it ends the call.
        #expect(throws: TaskFailure.self) { try results.get() }
        #expect(asked.load(ordering: .relaxed) == 1)
    }

    @Test("A predicate may cancel the call")
    func predicateCancels() async throws {
        let task = Lock<Task<[Int], any Error>?>(nil)
        let policy = RetryPolicy.times(100_000) { _ in
            task.withLock { $0?.cancel() }
            return true
        }
        let made = Task { try await Parallel(jobs: 2, retries: policy).map([1, 2]) { _ -> Int in throw Failed() } }
        task.withLock { $0 = made }
        await #expect(throws: CancellationError.self) { try await made.value }
    }

    @Test("A call that failed keeps nothing of what it was given")
    func nothingIsKept() throws {
        final class Element: Sendable {}
        struct Reference: Sendable { weak let element: Element? }
        var elements = (0..<200).map { _ in Element() }
        let references = elements.map { Reference(element: $0) }
        let failing = ObjectIdentifier(elements[1])
        #expect(throws: TaskFailure.self) {
            try Parallel(jobs: 2, preDispatch: .all, batchSize: 1, retries: .times(1)).map(elements) { element in
                if ObjectIdentifier(element) == failing { throw Failed() }
            }
        }
        elements = []
        // What still runs on other threads may hold its own element for a moment.
        Turnstile.until { references.allSatisfy { $0.element == nil } }
    }

    @Test("A stream with huge batches works")
    func hugeBatches() throws {
        let results = Parallel(jobs: 2, batchSize: BatchSize(.max)).stream(0..<10) { $0 }
        #expect(try all(results) == Array(0..<10))
    }

    @Test("A task that overruns its timeout fails with it, and the rest go on", arguments: [1, 2, 3])
    func timeouts(jobs: Int) throws {
        let gate = Turnstile()
        defer { gate.open() }
        let results = try Parallel(jobs: JobCount(jobs), timeout: .milliseconds(20)).mapResults(Array(0..<12)) {
            value in
            if value % 4 == 1 { gate.wait() }
            return value
        }
        for (index, result) in results.enumerated() {
            if index % 4 == 1 {
                guard case .failure(let failure) = result, case .timedOut = failure.reason else {
                    Issue.record("\(index): \(result)")
                    continue
                }
            } else if case .success(let value) = result {
                #expect(value == index)
            }
        }
    }

    @Test("A call that ended calls off its appointments with the timekeeper")
    func appointments() throws {
        let before = Timekeeper.shared.count
        for _ in 0..<20 {
            _ = try Parallel(jobs: 2, timeout: .seconds(3600)).map(Array(0..<8)) { $0 }
        }
        // Other tests may run besides, with some appointments of their own.
        #expect(Timekeeper.shared.count < before + 20)
    }

    private func all(_ results: ParallelResults<Int>) throws -> [Int] {
        var values: [Int] = []
        while let value = try results.next() { values.append(value) }
        return values
    }
}
