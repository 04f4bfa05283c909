import JoblibSystem
import Testing

@testable import JoblibParallel

@Suite(.timeLimit(.minutes(10))) struct ThreadBudgetTests {
    private struct Failed: Error {}

    private final class Budgets: Sendable {
        private let seen = Lock<[ObjectIdentifier: ThreadBudget]>([:])

        var all: [ThreadBudget] { seen.withLock { Array($0.values) } }

        func note(_ budget: ThreadBudget) {
            seen.withLock { $0[ObjectIdentifier(budget)] = budget }
        }
    }

    @Test("All permits are back after thousands of nested calls that succeed, fail, run out of time or are cancelled")
    func permitsAreConserved() async throws {
        let budgets = Budgets()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for seed in 0..<4 {
                group.addTask {
                    var random = TaskRandom(seed: 5, taskIndex: seed)
                    for _ in 0..<60 {
                        let call = RandomCall(&random)
                        let task = Task {
                            try await call.run {
                                if let budget = RunScope.current?.budget { budgets.note(budget) }
                            }
                        }
                        if call.isCancelled { task.cancel() }
                        _ = try? await task.value
                    }
                }
            }
            try await group.waitForAll()
        }
        let seen = budgets.all
        #expect(seen.count > 50)
        // Threads that were left behind give theirs back when they come to their end.
        for budget in seen { Turnstile.until { budget.free == budget.limit } }
    }

    /// A call of random form with calls inside its tasks.
    private struct RandomCall: Sendable {
        let parallel: Parallel
        let inner: Parallel
        let failing: Int?
        let overrunning: Int?
        let isCancelled: Bool
        let isAsynchronous: Bool
        let isGeneral: Bool

        init(_ random: inout TaskRandom) {
            let hasTimeout = Int.random(in: 0..<4, using: &random) == 0
            let retries: RetryPolicy = .random(using: &random) ? .none : .times(1, on: [.thrown, .timeout])
            parallel = Parallel(
                jobs: JobCount(.random(in: 1...4, using: &random)),
                timeout: hasTimeout ? .milliseconds(5) : nil,
                retries: retries
            )
            inner = Parallel(jobs: JobCount(.random(in: 1...3, using: &random)))
            failing = Int.random(in: 0..<3, using: &random) == 0 ? .random(in: 0..<12, using: &random) : nil
            overrunning = hasTimeout ? .random(in: 0..<12, using: &random) : nil
            isCancelled = Int.random(in: 0..<5, using: &random) == 0
            isAsynchronous = .random(using: &random)
            isGeneral = .random(using: &random)
        }

        func run(_ note: @escaping @Sendable () -> Void) async throws {
            let call = self
            let body: @Sendable (Int) throws -> Int = { number in
                note()
                if number == call.failing { throw Failed() }
                while number == call.overrunning, !TaskContext.current.isCancelled {}
                let parts =
                    call.isGeneral
                    ? try call.inner.map(stride(from: 0, to: 10, by: 1)) { $0 }
                    : try call.inner.map(Array(0..<10)) { $0 }
                return parts.reduce(number, +)
            }
            if isAsynchronous {
                _ = try await parallel.map(Array(0..<12)) { (number: Int) async throws -> Int in
                    await Task.yield()
                    return try body(number)
                }
            } else if isGeneral {
                _ = try await parallel.map(stride(from: 0, to: 12, by: 1), body)
            } else {
                _ = try await parallel.map(Array(0..<12), body)
            }
        }
    }
}
