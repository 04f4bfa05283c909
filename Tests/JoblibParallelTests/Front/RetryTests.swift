import Joblib
import Testing

@Suite("Retries", .timeLimit(.minutes(10)))
struct RetryTests {
    /// Fails `index % 4` times, then succeeds.
    private static let flaky: @Sendable (Int) throws -> [Int] = { number in
        let context = TaskContext.current
        if context.attempt <= number % 4 { throw Broken(index: number) }
        return [number, context.index, context.attempt]
    }

    @Test("A task that fails k times succeeds with k retries", arguments: Setup.everyWay, [1, 3])
    func succeeds(_ setup: Setup, _ batchSize: Int) async throws {
        let parallel = setup.parallel(batchSize: BatchSize(batchSize), retries: .times(3, on: .thrown))
        let results = try await setup.map(Array(0..<100), with: parallel, Self.flaky)
        #expect(results == (0..<100).map { [$0, $0, $0 % 4 + 1] })
    }

    @Test("With one retry too few the call fails in its last attempt", arguments: Setup.everyWay)
    func tooFew(_ setup: Setup) async throws {
        let parallel = setup.parallel(retries: .times(2, on: .thrown))
        let failure = try await failure { try await setup.map([0, 1, 2, 3], with: parallel, Self.flaky) }
        #expect(failure.index == 3)
        #expect(failure.attempt == 3)
        #expect(failure.description.contains("attempt 3"))
    }

    @Test("As values, only the last attempt's outcome is kept", arguments: Setup.everyWay)
    func asValues(_ setup: Setup) async throws {
        let parallel = setup.parallel(retries: .times(1, on: .thrown))
        let results = try await setup.mapResults(Array(0..<40), with: parallel, Self.flaky)
        for (index, result) in results.enumerated() {
            switch result {
            case .success(let value): #expect(index % 4 < 2 && value == [index, index, index % 4 + 1])
            case .failure(let failure): #expect(index % 4 >= 2 && failure.attempt == 2 && failure.index == index)
            }
        }
    }

    @Test("A thrown error is not tried again unless asked for", arguments: Setup.everyWay)
    func notThrown(_ setup: Setup) async throws {
        let calls = Tally()
        let failure = try await failure {
            try await setup.map([1], with: setup.parallel(retries: .times(5))) { _ in
                calls.add()
                throw Broken()
            }
        }
        #expect(calls.value == 1)
        #expect(failure.attempt == 1)
    }

    @Test("A predicate chooses what is tried again", arguments: Setup.everyWay)
    func predicate(_ setup: Setup) async throws {
        let retries = RetryPolicy.times(2) { ($0.underlying as? Broken)?.index == 1 }
        let results = try await setup.mapResults([0, 1], with: setup.parallel(retries: retries)) { number in
            throw Broken(index: number)
        }
        let attempts = results.map { result -> Int in
            if case .failure(let failure) = result { return failure.attempt }
            return 0
        }
        #expect(attempts == [1, 3])
    }

    @Test("A backoff delays the attempts and keeps the order", arguments: Setup.everyWay)
    func backoff(_ setup: Setup) async throws {
        let retries = RetryPolicy.times(3, backoff: .exponential(initial: .milliseconds(1)), on: .thrown)
        let parallel = setup.parallel(retries: retries)
        let results = try await setup.map(Array(0..<40), with: parallel, Self.flaky)
        #expect(results.map { $0[0] } == Array(0..<40))
    }

    @Test("Delayed calls are retried with their arguments")
    func delayedCalls() throws {
        let parallel = Parallel(jobs: 2, retries: .times(3, on: .thrown))
        #expect(try parallel((0..<8).map { delayed(Self.flaky)($0) }).map { $0[0] } == Array(0..<8))
    }

    @Test("A call that is cancelled does not wait for its retries")
    func cancelled() async throws {
        let failed = Gate()
        let task = Task.detached {
            let retries = RetryPolicy.times(1, backoff: .constant(.seconds(3600)), on: .thrown)
            return try await Parallel(jobs: 2, retries: retries).map([1]) { _ in
                failed.open()
                throw Broken()
            }
        }
        try await failed.passed("the first attempt")
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
