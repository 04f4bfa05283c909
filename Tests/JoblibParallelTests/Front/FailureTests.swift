import Joblib
import Testing

@Suite("A task that fails")
struct FailureTests {
    private enum Odd: Error, Equatable {
        case strange(String, Int)
    }

    @Test("Ends the call with its position, arguments and very error", arguments: Setup.everyWay, [0, 1, 5, 9])
    func position(_ setup: Setup, _ position: Int) async throws {
        let failure = try await failure {
            try await setup.map(Array(0..<10)) { number in
                if number == position { throw Odd.strange("odd", number) }
                return number
            }
        }
        #expect(failure.index == position)
        #expect(failure.underlying as? Odd == .strange("odd", position))
        #expect(failure.reason == .threw)
        #expect(failure.call.arguments == ["\(position)"])
        #expect(failure.attempt == 1)
        #expect((0..<setup.jobs).contains(failure.worker.index))
        #expect(failure.worker.processIdentifier > 0)
        #expect((0...9).contains(try #require(failure.tasksDone)))
    }

    @Test(
        "In one worker, those before it were done and none after it began",
        arguments: Setup.everyWay.filter { $0.jobs == 1 }
    )
    func countsDone(_ setup: Setup) async throws {
        let begun = Tally()
        let failure = try await failure {
            try await setup.map(Array(0..<100), with: setup.parallel(batchSize: 4)) { number in
                begun.add()
                if number == 42 { throw Broken() }
            }
        }
        #expect(failure.tasksDone == 42)
        #expect(begun.value == 43)
        #expect(failure.description.contains("42 other tasks were done"))
    }

    @Test(
        "In a long input, at its start, in its middle and at its end",
        arguments: Setup.blockingBodies,
        [0, 4095, 50_000, 99_999]
    )
    func longInput(_ setup: Setup, _ position: Int) async throws {
        let failure = try await failure {
            try await setup.map(Array(0..<100_000)) { number in
                if number == position { throw Broken(index: number) }
                return "result \(number)"
            }
        }
        #expect(failure.index == position)
        #expect(failure.underlying as? Broken == Broken(index: position))
    }

    @Test("When all fail, one of them is reported", arguments: Setup.everyWay)
    func allFail(_ setup: Setup) async throws {
        let failure = try await failure {
            try await setup.map(Array(0..<1000)) { number -> Int in throw Broken(index: number) }
        }
        #expect(failure.underlying as? Broken == Broken(index: failure.index))
        #expect(failure.index < 1000)
    }

    @Test("Does not harm the next call", arguments: Setup.everyWay)
    func nextCall(_ setup: Setup) async throws {
        let parallel = setup.parallel()
        for _ in 0..<5 {
            _ = try await failure { try await setup.map([1, 2], with: parallel) { _ in throw Broken() } }
            #expect(try await setup.map([1, 2], with: parallel) { $0 } == [1, 2])
        }
    }

    @Test("Nothing new starts after it", arguments: Setup.parallelWays)
    func nothingNew(_ setup: Setup) async throws {
        let begun = Tally()
        _ = try await failure {
            try await setup.map(Array(0..<10_000), with: setup.parallel(batchSize: 1)) { number in
                begun.add()
                if number == 0 { throw Broken() }
                // The others do not end before they are told to.
                while !TaskContext.current.isCancelled {}
            }
        }
        #expect(begun.value <= setup.jobs)
    }

    @Test("Tells the tasks that run to stop", arguments: Setup.parallelWays)
    func tellsOthers(_ setup: Setup) async throws {
        let isRunning = Gate()
        let wasTold = Gate()
        let failure = try await failure {
            try await setup.map([0, 1]) { number in
                if number == 0 {
                    try isRunning.wait()
                    throw Broken()
                }
                isRunning.open()
                while !TaskContext.current.isCancelled {}
                wasTold.open()
            }
        }
        #expect(failure.index == 0)
        try await wasTold.passed("the other task to be told")
    }

    @Test("Its error may be a CancellationError of its own", arguments: Setup.everyWay)
    func ownCancellationError(_ setup: Setup) async throws {
        let failure = try await failure {
            try await setup.map([1]) { _ in throw CancellationError() }
        }
        #expect(failure.underlying is CancellationError)
    }

    @Test("Inside a nested call keeps the inner story", arguments: Setup.blockingBodies)
    func nested(_ setup: Setup) async throws {
        let outer = try await failure {
            try await setup.map(["a"]) { _ in
                try Parallel(jobs: 2).map([10, 20, 30]) { number in
                    if number == 20 { throw Broken(index: number) }
                }
            }
        }
        let inner = try #require(outer.underlying as? TaskFailure)
        #expect(outer.index == 0)
        #expect(inner.index == 1)
        #expect(inner.underlying as? Broken == Broken(index: 20))
        #expect(inner.call.arguments == ["20"])
    }

    @Test("Long argument values are shortened in its description")
    func shortened() async throws {
        let long = String(repeating: "x", count: 100_000)
        let failure = try await failure {
            try await Parallel(jobs: 2).map([long]) { _ in throw Broken() }
        }
        let argument = try #require(failure.call.arguments.first)
        #expect(argument.count <= 200)
        #expect(argument.contains("…"))
        #expect(failure.description.count < 2000)
    }

    @Test("Its description names task, error, worker and progress", arguments: Setup.everyWay)
    func description(_ setup: Setup) async throws {
        let failure = try await failure {
            try await setup.map([5]) { _ in throw Odd.strange("words", 7) }
        }
        let text = failure.description
        #expect(text.hasPrefix("Task 0 failed: "))
        #expect(text.contains("(5) threw Odd: strange(\"words\", 7)"))
        #expect(text.contains("worker 0, process \(failure.worker.processIdentifier) on "))
        #expect(text.contains("0 other tasks were done"))
    }

    @Test("As a value, nothing is lost and nothing is thrown", arguments: Setup.everyWay)
    func asValues(_ setup: Setup) async throws {
        let results = try await setup.mapResults(Array(0..<200)) { number in
            if number % 3 == 0 { throw Broken(index: number) }
            return number * 2
        }
        #expect(results.count == 200)
        for (index, result) in results.enumerated() {
            switch result {
            case .success(let value): #expect(value == index * 2 && index % 3 != 0)
            case .failure(let failure):
                #expect(failure.index == index && index % 3 == 0)
                #expect(failure.underlying as? Broken == Broken(index: index))
            }
        }
    }

    @Test("forEach throws it too")
    func forEach() async throws {
        let parallel = Parallel(jobs: 2)
        let seen = Tally()
        try await parallel.forEach(0..<100) { _ in seen.add() }
        try await parallel.forEach(Stepwise(0..<100)) { _ in seen.add() }
        try await parallel.forEach(0..<100) { _ async in seen.add() }
        try Setup.blocking { try parallel.forEach(0..<100) { _ in seen.add() } }
        try Setup.blocking { try parallel.forEach(Stepwise(0..<100)) { _ in seen.add() } }
        #expect(seen.value == 500)
        let thrown = try await failure { try await parallel.forEach([1, 2, 3]) { if $0 == 2 { throw Broken() } } }
        #expect(thrown.index == 1)
    }
}
