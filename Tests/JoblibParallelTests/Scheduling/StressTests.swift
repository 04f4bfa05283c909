import Foundation
import JoblibSystem
import Synchronization
import Testing

@testable import JoblibParallel

/// Alone, because they count threads and memory of the whole process.
@Suite(.serialized, .timeLimit(.minutes(10))) struct StressTests {
    private struct Failed: Error {}

    @Test("Thirty threads may make calls of all kinds at once; each gets its own results, and no thread stays")
    func manyCallers() throws {
        let pool = ThreadPool(name: "stress", idleTime: .milliseconds(1))
        let outcome = Outcome()
        for seed in 0..<30 {
            let error = OSThread.start(name: "caller") {
                var random = TaskRandom(seed: 9, taskIndex: seed)
                for _ in 0..<25 {
                    do {
                        try makeCall(pool, &random)
                    } catch {
                        outcome.report("caller \(seed): \(error)")
                    }
                }
                outcome.callerEnded()
            }
            try #require(error == 0)
        }
        Turnstile.until { outcome.ended == 30 }
        #expect(outcome.problems == [])
        Turnstile.until { pool.threadCount == 0 }
    }

    private final class Outcome: Sendable {
        private let state = Lock<(ended: Int, problems: [String])>((0, []))

        var ended: Int { state.withLock { $0.ended } }
        var problems: [String] { state.withLock { $0.problems } }

        func report(_ problem: String) { state.withLock { $0.problems.append(problem) } }
        func callerEnded() { state.withLock { $0.ended += 1 } }
    }

    /// One call of random form; throws when it does not do what it must.
    private func makeCall(_ pool: ThreadPool, _ random: inout TaskRandom) throws {
        let count = Int.random(in: 0...200, using: &random)
        let failing = Bool.random(using: &random) && count > 0 ? Int.random(in: 0..<count, using: &random) : nil
        var parallel = Parallel(
            jobs: JobCount(.random(in: 1...4, using: &random)),
            timeout: Int.random(in: 0..<4, using: &random) == 0 ? .seconds(60) : nil,
            preDispatch: [nil, .all, 1, "3*n_jobs"].randomElement(using: &random) ?? nil,
            batchSize: [nil, 1, 7].randomElement(using: &random) ?? nil,
            retries: Bool.random(using: &random) ? .times(1, on: .thrown) : .none
        )
        parallel.pool = CallPool(threads: pool)
        let body: @Sendable (Int) throws -> Int = { number in
            if number == failing { throw Failed() }
            return number * 3
        }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: try check(Result { try parallel.map(Array(0..<count), body) }, count, failing)
        case 1: try check(Result { try parallel.map(stride(from: 0, to: count, by: 1), body) }, count, failing)
        case 2:
            let results = try parallel.mapResults(0..<count, body)
            for (index, result) in results.enumerated() {
                let expected = index == failing ? nil : index * 3
                if (try? result.get()) != expected { throw WrongResult(index: index) }
            }
        default:
            // Read for a while, then let go.
            let stream = parallel.stream(0..<count, body)
            do {
                for index in 0..<min(count / 2, failing ?? count) where try stream.next() != index * 3 {
                    throw WrongResult(index: index)
                }
            } catch let failure as TaskFailure where failure.index == failing {
                // A failure further on ends the call before what comes first has been read.
            }
        }
    }

    private struct WrongResult: Error { var index: Int }

    private func check(_ result: Result<[Int], any Error>, _ count: Int, _ failing: Int?) throws {
        switch result {
        case .success(let values):
            if failing != nil || values != (0..<count).map({ $0 * 3 }) { throw WrongResult(index: -1) }
        case .failure(let failure):
            guard let failure = failure as? TaskFailure, failure.index == failing else { throw failure }
        }
    }

    // MARK: - Leaks

    @Test("Five hundred calls that succeed, fail, are cancelled or dropped leave no object behind")
    func noObjectStays() async throws {
        let counter = Counter()
        for round in 0..<500 { await makeCounted(round, counter) }
        Turnstile.until { counter.alive == 0 }
    }

    @Test("The search for objects left behind finds one")
    func detector() async throws {
        let counter = Counter()
        let kept = Counted(counter)
        await makeCounted(0, counter)
        // All others go, this one stays.
        Turnstile.until { counter.alive == 1 }
        withExtendedLifetime(kept) { #expect(counter.alive == 1) }
    }

    private final class Counter: Sendable {
        private let count = Atomic(0)

        var alive: Int { count.load(ordering: .relaxed) }
        func add(_ number: Int) { count.wrappingAdd(number, ordering: .relaxed) }
    }

    /// Is counted while it lives. The elements, the results and the errors of the calls below are such objects.
    private final class Counted: Sendable, Error {
        private let counter: Counter

        init(_ counter: Counter) {
            self.counter = counter
            counter.add(1)
        }

        deinit { counter.add(-1) }
    }

    private func makeCounted(_ round: Int, _ counter: Counter) async {
        let fails = round % 5 == 1
        let elements = (0..<40).map { _ in Counted(counter) }
        let body: @Sendable (Counted) throws -> Counted = { _ in
            if fails, TaskContext.current.index == 20 { throw Counted(counter) }
            return Counted(counter)
        }
        let parallel = Parallel(jobs: 3, timeout: round % 2 == 0 ? nil : .seconds(600), retries: .times(round % 3))
        switch round % 7 {
        case 0: _ = try? await Parallel(jobs: 3).map(elements, body)
        case 1: _ = try? await parallel.map(elements, body)
        case 2: _ = try? await parallel.mapResults(elements, body)
        case 3: _ = try? await parallel.map(elements) { (element: Counted) async throws in try body(element) }
        case 4:
            let call = Task { try await parallel.map(elements, body) }
            call.cancel()
            _ = try? await call.value
        case 5:
            let stream = parallel.stream(elements, body)
            var iterator = stream.makeAsyncIterator()
            _ = try? await iterator.next()
        default: _ = parallel.stream(elements, body)
        }
        // The last call's books, and with them its error, are kept for `Parallel.lastReport`.
        _ = try? await Parallel(jobs: 1).map([0]) { $0 }
    }
}
