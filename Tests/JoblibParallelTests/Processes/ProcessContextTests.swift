import Foundation
import Joblib
import JoblibSystem
import Testing

/// What a task in a worker process knows of itself.
@Suite("Tasks in worker processes", .timeLimit(.minutes(10)), .startsWorkers)
struct ProcessContextTests {
    @Test("A seed gives the same random numbers as on threads, whatever the batches", arguments: [1, 5, 64])
    func seeds(_ batchSize: Int) throws {
        let draw: @Sendable (Int) -> [UInt64] = { _ in
            (0..<3).map { _ in UInt64.random(in: .min ... .max, using: &TaskContext.current.random) }
        }
        let here = try Parallel(jobs: 1, backend: .threads, seed: 42).map(0..<64, draw)
        let there = try Parallel(jobs: 2, backend: .processes, batchSize: BatchSize(batchSize), seed: 42).map(
            0..<64,
            draw
        )
        #expect(here == there)
        let other = try Parallel(jobs: 2, backend: .processes, seed: 43).map(0..<64, draw)
        #expect(other != here)
    }

    @Test("An asynchronous task draws the same numbers, too")
    func asynchronousSeeds() async throws {
        let there = try await Parallel(jobs: 2, backend: .processes, seed: 42).map(0..<64) { _ in
            await Task.yield()
            return UInt64.random(in: .min ... .max, using: &TaskContext.current.random)
        }
        let here = try await Parallel(jobs: 1, backend: .threads, seed: 42).map(0..<64) { _ in
            UInt64.random(in: .min ... .max, using: &TaskContext.current.random)
        }
        #expect(here == there)
    }

    @Test(
        "The index is the place in the input, and the worker's number is below the number of jobs",
        arguments: [1, 3]
    )
    func indices(_ batchSize: Int) throws {
        let parallel = Parallel(jobs: 3, backend: .processes, batchSize: BatchSize(batchSize))
        let contexts = try parallel.map(100..<150) { _ in
            let context = TaskContext.current
            return (context.index, context.workerIndex, context.attempt, CurrentProcess.identifier)
        }
        #expect(contexts.map(\.0) == Array(0..<50))
        #expect(contexts.allSatisfy { (0..<3).contains($0.1) && $0.2 == 1 })
        // No number stands for two processes.
        let processes = Dictionary(grouping: contexts, by: \.1).mapValues { Set($0.map(\.3)).count }
        #expect(processes.values.allSatisfy { $0 == 1 })
    }

    @Test("A task whose worker dies is tried again in another, as often as the policy says", arguments: [1, 4])
    func retries(_ batchSize: Int) throws {
        let parallel = Parallel(jobs: 2, backend: .processes, batchSize: BatchSize(batchSize), retries: .times(2))
        let attempts = try parallel.map(0..<12) { number in
            if number % 5 == 1, TaskContext.current.attempt <= 2 { killSelf() }
            return TaskContext.current.attempt
        }
        #expect(attempts == (0..<12).map { $0 % 5 == 1 ? 3 : 1 })
    }

    @Test("A task that dies in each attempt fails with the last")
    func retriesUsedUp() throws {
        let results = try Parallel(jobs: 2, backend: .processes, retries: .times(1)).mapResults(0..<4) { number in
            if number == 2 { killSelf() }
            return number
        }
        let failure = try #require(results.compactMap(\.failure).first)
        #expect(results.compactMap { try? $0.get() } == [0, 1, 3])
        #expect(failure.attempt == 2)
        #expect(failure.index == 2)
        #expect(failure.reason == .crashed(signal: 9, message: nil))
    }

    @Test("Thrown errors are tried again where the policy says so")
    func retriesOfErrors() throws {
        let parallel = Parallel(jobs: 2, backend: .processes, retries: .times(3, on: .thrown))
        let attempts = try parallel.map(0..<6) { number in
            if TaskContext.current.attempt < number % 3 { throw HomelyError(code: number) }
            return TaskContext.current.attempt
        }
        #expect(attempts == [1, 1, 2, 1, 1, 2])
    }

    @Test("A task may run as long as the timeout says, however long others ran before it")
    func timeoutPerTask() throws {
        let parallel = Parallel(jobs: 2, backend: .processes, timeout: .seconds(5))
        let results = try parallel.map(0..<6) { number in
            usleep(2_000_000)
            return number
        }
        #expect(results == Array(0..<6))
    }

    @Test("The time that a worker needs to get ready is no task's")
    func timeoutWithoutStart() throws {
        let backend = ProcessesBackend(initializer: { usleep(6_000_000) })
        let results = try Parallel(jobs: 2, backend: backend, timeout: .seconds(5)).mapResults(0..<4) { $0 }
        #expect(results.compactMap { try? $0.get() } == [0, 1, 2, 3])
    }
}

extension Result {
    /// The error, if it is one.
    var failure: Failure? {
        if case .failure(let failure) = self { failure } else { nil }
    }
}
