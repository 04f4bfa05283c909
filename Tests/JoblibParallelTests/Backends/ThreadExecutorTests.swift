import Synchronization
import Testing

@testable import JoblibParallel

@Suite(.timeLimit(.minutes(10))) struct ThreadExecutorTests {
    /// How many are inside at once, and at most.
    private final class Crowd: Sendable {
        private let inside = Atomic(0)
        private let largestSeen = Atomic(0)
        private let ended = Atomic(0)

        var visits: Int { ended.load(ordering: .relaxed) }
        var largest: Int { largestSeen.load(ordering: .relaxed) }

        func visit(_ body: () -> Void = {}) {
            let count = inside.wrappingAdd(1, ordering: .relaxed).newValue
            _ = largestSeen.max(count, ordering: .relaxed)
            body()
            inside.wrappingSubtract(1, ordering: .relaxed)
            ended.wrappingAdd(1, ordering: .relaxed)
        }
    }

    @Test("As many jobs run at once as the executor is wide, and never more", arguments: [1, 2, 5])
    func width(width: Int) async {
        let budget = ThreadBudget(limit: 8)
        let pool = ThreadPool(name: "test", idleTime: .milliseconds(1))
        let executor = ThreadExecutor(width: width, pool: pool, budget: budget)
        let (crowd, gate) = (Crowd(), Turnstile())
        let tasks = (0..<40).map { _ in Task(executorPreference: executor) { crowd.visit { gate.wait() } } }
        Turnstile.until { gate.arrived == width }
        gate.open()
        for task in tasks { await task.value }
        #expect(crowd.largest == width)
        Turnstile.until { budget.free == 8 && pool.threadCount == 0 }
    }

    @Test("Several executors never run more threads together than their budget has permits")
    func sharedBudget() async {
        let budget = ThreadBudget(limit: 3)
        let pool = ThreadPool(name: "test", idleTime: .milliseconds(1))
        let crowd = Crowd()
        let executors = (0..<4).map { _ in ThreadExecutor(width: 2, pool: pool, budget: budget) }
        for _ in 0..<300 {
            let tasks = executors.flatMap { executor in
                (0..<4).map { _ in Task(executorPreference: executor) { crowd.visit() } }
            }
            for task in tasks { await task.value }
        }
        #expect(crowd.largest <= 3)
        Turnstile.until { budget.free == 3 }
    }

    @Test("No wake-up is lost when permits come and go while executors ask for them")
    func permitRaces() async throws {
        // Width 1 and one permit, which another thread takes and gives back all the time: where one grant decides.
        let budget = ThreadBudget(limit: 1)
        let pool = ThreadPool(name: "test", idleTime: .seconds(3600))
        let executor = ThreadExecutor(width: 1, pool: pool, budget: budget)
        let (crowd, others) = (Crowd(), StopSignal())
        for _ in 0..<2 {
            try #require(
                pool.run {
                    while !others.isRaised {
                        budget.acquireAnyway()
                        budget.release()
                    }
                }
            )
        }
        for _ in 0..<4_000 { await Task(executorPreference: executor) { crowd.visit() }.value }
        others.raise()
        #expect(crowd.visits == 4_000)
        #expect(crowd.largest == 1)
        Turnstile.until { budget.free == 1 && pool.idleCount == pool.threadCount }
        pool.close()
    }

    @Test("A thread that is lost makes room for another, and is counted again when it comes back")
    func lostThreads() async {
        let budget = ThreadBudget(limit: 1)
        let pool = ThreadPool(name: "test", idleTime: .milliseconds(1))
        let executor = ThreadExecutor(width: 1, pool: pool, budget: budget)
        let (stuck, crowd) = (Turnstile(), Crowd())
        let lost = Task(executorPreference: executor) {
            stuck.wait()
            executor.lostThreadReturned()
        }
        Turnstile.until { stuck.arrived == 1 }
        let next = (0..<10).map { _ in Task(executorPreference: executor) { crowd.visit() } }
        executor.threadLost()
        for task in next { await task.value }
        #expect(crowd.largest == 1)
        stuck.open()
        await lost.value
        Turnstile.until { budget.free == 1 && pool.threadCount == 0 }
    }

    @Test("Nested calls run on the threads of the call around them", arguments: [1, 2, 4])
    func nestedCalls(jobs: Int) throws {
        let crowd = Crowd()
        let sums = try Parallel(jobs: JobCount(jobs)).map(stride(from: 0, to: 20, by: 1)) { outer in
            try Parallel(jobs: 3).map(stride(from: 0, to: 30, by: 1)) { inner -> Int in
                crowd.visit()
                return inner
            }.reduce(outer, +)
        }
        #expect(sums == (0..<20).map { $0 + 435 })
        // The threads that come back from a nested call run besides, one for each outer task.
        #expect(crowd.largest <= max(jobs, cpuCount()) + jobs)
    }
}
