import Joblib
import Testing

@Suite("Random numbers with a seed")
struct SeedTests {
    private static func draw() -> [UInt64] {
        [
            .random(in: .min ... .max, using: &TaskContext.current.random),
            .random(in: 0..<1000, using: &TaskContext.current.random),
            TaskContext.current.random.next(),
        ]
    }

    private static let expected = (0..<200).map { index in
        var random = TaskRandom(seed: 42, taskIndex: index)
        return [.random(in: .min ... .max, using: &random), UInt64.random(in: 0..<1000, using: &random), random.next()]
    }

    @Test(
        "Are the same on any backend, with any number of jobs and any batches",
        arguments: Setup.everyWay,
        [nil, 1, 7]
    )
    func same(_ setup: Setup, _ batchSize: Int?) async throws {
        let parallel = setup.parallel(batchSize: batchSize.map { BatchSize($0) }, seed: 42)
        #expect(try await setup.map(Array(0..<200), with: parallel) { _ in Self.draw() } == Self.expected)
    }

    @Test("Are the same in a stream and with results as values", arguments: [1, 2, 4])
    func sameInStreams(_ jobs: Int) async throws {
        let parallel = Parallel(jobs: JobCount(jobs), seed: 42)
        #expect(try await parallel.mapResults(0..<200) { _ in Self.draw() }.map { try $0.get() } == Self.expected)
        var streamed: [[UInt64]] = []
        for try await numbers in try parallel.stream(0..<200, { _ in Self.draw() }) { streamed.append(numbers) }
        #expect(streamed == Self.expected)
    }

    @Test("Are the same again in a second attempt", arguments: Setup.everyWay)
    func sameInRetry(_ setup: Setup) async throws {
        let parallel = setup.parallel(retries: .times(1, on: .thrown), seed: 42)
        let numbers = try await setup.map(Array(0..<20), with: parallel) { _ in
            let numbers = Self.draw()
            if TaskContext.current.attempt == 1 { throw Broken() }
            return numbers
        }
        #expect(numbers == Array(Self.expected.prefix(20)))
    }

    @Test("Differ from task to task and from seed to seed")
    func differ() throws {
        let one = try Parallel(jobs: 2, seed: 1).map(0..<1000) { _ in TaskContext.current.random.next() }
        let two = try Parallel(jobs: 2, seed: 2).map(0..<1000) { _ in TaskContext.current.random.next() }
        #expect(Set(one + two).count == 2000)
    }

    @Test("Without a seed differ from call to call")
    func unseeded() throws {
        let one = try Parallel(jobs: 2).map(0..<10) { _ in TaskContext.current.random.next() }
        let two = try Parallel(jobs: 2).map(0..<10) { _ in TaskContext.current.random.next() }
        #expect(Set(one + two).count == 20)
    }

    @Test("A nested call has its own seed, or none")
    func nested() throws {
        let numbers = try Parallel(jobs: 2, seed: 42).map(0..<3) { _ in
            try Parallel(jobs: 2, seed: 7).map(0..<2) { _ in TaskContext.current.random.next() }
        }
        let expected = (0..<2).map { index -> UInt64 in
            var random = TaskRandom(seed: 7, taskIndex: index)
            return random.next()
        }
        #expect(numbers == [expected, expected, expected])
    }
}
