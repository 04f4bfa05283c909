import Joblib
import Testing

@Suite("A task's context")
struct TaskContextTests {
    @Test("Knows the task's position, whatever the batches", arguments: Setup.everyWay, [nil, 1, 3, 64])
    func index(_ setup: Setup, _ batchSize: Int?) async throws {
        let parallel = setup.parallel(batchSize: batchSize.map { BatchSize($0) })
        let numbers = Array(0..<2000)
        #expect(try await setup.map(numbers, with: parallel) { _ in TaskContext.current.index } == numbers)
    }

    @Test("Knows the position in very short tasks of a long input")
    func indexOfShortTasks() throws {
        let numbers = Array(0..<100_000)
        #expect(try Parallel(jobs: 4).map(numbers) { _ in TaskContext.current.index } == numbers)
        #expect(try Parallel(jobs: 4).map(0..<100_000) { _ in TaskContext.current.index } == numbers)
    }

    @Test("No two tasks that run at once share a worker", arguments: Setup.everyWay)
    func workers(_ setup: Setup) async throws {
        let busy = (0..<setup.jobs).map { _ in Tally() }
        let idle = (0..<setup.jobs).map { _ in Tally() }
        let shared = Tally()
        _ = try await setup.map(Array(0..<1000)) { _ in
            let worker = TaskContext.current.workerIndex
            busy[worker].add()
            if busy[worker].value - idle[worker].value != 1 { shared.add() }
            idle[worker].add()
        }
        #expect(shared.value == 0)
    }

    @Test("As many tasks as jobs run at once, each on a worker of its own", arguments: Setup.everyWay)
    func allWorkers(_ setup: Setup) async throws {
        let here = Tally()
        let workers = try await setup.map(Array(0..<setup.jobs)) { _ in
            here.add()
            try here.wait(for: setup.jobs, "all workers")
            return TaskContext.current.workerIndex
        }
        #expect(Set(workers) == Set(0..<setup.jobs))
    }

    @Test("Never more tasks than jobs run at once", arguments: Setup.everyWay)
    func notMore(_ setup: Setup) async throws {
        let begun = Tally()
        let ended = Tally()
        let most = try await setup.map(Array(0..<300)) { _ in
            let others = begun.add() - ended.value
            ended.add()
            return others
        }.max()
        // `ended` is read after `begun` was counted, so this may see fewer than ran, never more.
        #expect(try #require(most) <= setup.jobs)
    }

    @Test("A first attempt is number 1, and nothing is cancelled", arguments: Setup.everyWay)
    func attempt(_ setup: Setup) async throws {
        let contexts = try await setup.map([1, 2, 3]) { _ in
            (TaskContext.current.attempt, TaskContext.current.isCancelled)
        }
        #expect(contexts.allSatisfy { $0 == 1 && !$1 })
    }

    @Test("A task knows that it is one", arguments: Setup.everyWay)
    func isInside(_ setup: Setup) async throws {
        #expect(!TaskContext.isInsideTask)
        #expect(try await setup.map([1, 2]) { _ in TaskContext.isInsideTask } == [true, true])
        #expect(!TaskContext.isInsideTask)
        #expect(TaskContext.current.index == 0)
        #expect(TaskContext.current.attempt == 1)
    }

    @Test("After a nested call it is the outer task's again", arguments: Setup.blockingBodies)
    func nested(_ setup: Setup) async throws {
        let numbers = Array(0..<20)
        let pairs = try await setup.map(numbers) { _ in
            let before = TaskContext.current.index
            let inner = try Parallel(jobs: 2).map([0, 1, 2]) { _ in TaskContext.current.index }
            return inner == [0, 1, 2] ? (before, TaskContext.current.index) : (-1, -1)
        }
        #expect(pairs.map(\.0) == numbers)
        #expect(pairs.map(\.1) == numbers)
    }

    @Test("Kept after its task, it goes on describing that task", arguments: Setup.everyWay)
    func kept(_ setup: Setup) async throws {
        let contexts = try await setup.map(Array(0..<50)) { _ in TaskContext.current }
        #expect(contexts.map(\.index) == Array(0..<50))
        #expect(contexts.allSatisfy { $0.attempt == 1 && (0..<setup.jobs).contains($0.workerIndex) })
    }

    @Test("Is there after an asynchronous body has suspended")
    func afterSuspension() async throws {
        let numbers = Array(0..<100)
        let indices = try await Parallel(jobs: 4).map(numbers) { _ in
            await Task.yield()
            await Task.detached {}.value
            return TaskContext.current.index
        }
        #expect(indices == numbers)
    }
}
