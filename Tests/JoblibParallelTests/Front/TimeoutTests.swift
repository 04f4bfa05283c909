import Foundation
import Joblib
import Testing

@Suite("Timeouts", .timeLimit(.minutes(10)))
struct TimeoutTests {
    private static let threads = Setup.everyWay.filter { $0.backend.name == "threads" }

    /// Far more than tasks need that do nothing, on a machine that has other work.
    private static let limit = Duration.seconds(2)

    /// A task that goes on until it is told to stop.
    private static func untilCancelled() throws {
        // Between two looks: the processors are for the tests beside this one.
        while !TaskContext.current.isCancelled { usleep(1000) }
    }

    /// Checks all ways at once, as the calls do little but wait; on threads of their own, as Swift's are for everybody.
    private static func each(_ ways: [Setup], _ check: @escaping @Sendable (Setup) async throws -> Void) async {
        await withTaskGroup { group in
            for way in ways {
                group.addTask(executorPreference: ThreadPerJob()) {
                    do { try await check(way) } catch { Issue.record(error, "\(way.testDescription)") }
                }
            }
        }
    }

    @Test("A task that takes too long fails the call")
    func failsCall() async {
        await Self.each(Setup.everyWay) { setup in
            let failure = try await failure {
                try await setup.map([0, 1, 2], with: setup.parallel(timeout: Self.limit)) { number in
                    if number == 1 { try Self.untilCancelled() }
                    return number
                }
            }
            #expect(failure.index == 1, "\(setup.testDescription)")
            #expect(failure.reason == .timedOut(after: Self.limit))
            #expect(failure.underlying == nil)
            #expect(failure.call.arguments == ["1"])
            #expect(failure.description.contains("did not end within 2.0 seconds"))
        }
    }

    @Test("The other results are kept as values")
    func keepsOthers() async {
        await Self.each(Setup.everyWay) { setup in
            let parallel = setup.parallel(timeout: Self.limit)
            let results = try await setup.mapResults(Array(0..<20), with: parallel) { number in
                if number % 7 == 3 { try Self.untilCancelled() }
                return number
            }
            for (index, result) in results.enumerated() {
                switch result {
                case .success(let value): #expect(index % 7 != 3 && value == index, "\(setup.testDescription)")
                case .failure(let failure):
                    #expect(index % 7 == 3 && failure.index == index, "\(setup.testDescription)")
                    #expect(failure.reason == .timedOut(after: Self.limit))
                }
            }
        }
    }

    @Test("A task that never looks is left behind, on threads")
    func leftBehind() async {
        await Self.each(Self.threads) { setup in
            let mayEnd = Gate()
            let ended = Gate()
            let parallel = setup.parallel(timeout: Self.limit)
            let results = try await setup.mapResults([0, 1, 2, 3], with: parallel) { number in
                if number == 0 {
                    try mayEnd.wait("the call to return")
                    ended.open()
                }
                return number
            }
            #expect(!ended.isOpen)
            #expect(results.map { try? $0.get() } == [nil, 1, 2, 3], "\(setup.testDescription)")
            mayEnd.open()
            try await ended.passed("the task that was left behind")
        }
    }

    @Test("As many tasks as there are jobs may be left behind, and more")
    func manyLeftBehind() async {
        await Self.each(Self.threads) { setup in
            let mayEnd = Gate()
            let ended = Tally()
            let parallel = setup.parallel(timeout: Self.limit)
            let results = try await setup.mapResults(Array(0..<12), with: parallel) { number in
                if number < 6 {
                    try mayEnd.wait("the call to return")
                    ended.add()
                }
                return number
            }
            #expect(results.map { try? $0.get() } == (0..<12).map { $0 < 6 ? nil : $0 }, "\(setup.testDescription)")
            mayEnd.open()
            try await ended.reached(6, "the tasks that were left behind")
        }
    }

    @Test("In the caller's own thread it is reported when the task has ended")
    func sequential() throws {
        let failure = try #require(throws: TaskFailure.self) {
            try Parallel(jobs: 1, backend: .sequential, timeout: .milliseconds(5)).map([0, 1]) { number in
                if number == 0 { try Self.untilCancelled() }
            }
        }
        #expect(failure.index == 0)
        #expect(failure.reason == .timedOut(after: .milliseconds(5)))
    }

    @Test("It counts from the task's own start, not from the call's")
    func ownStart() async throws {
        // 200 tasks that take a moment each: together far longer than the time that one may take.
        let results = try await Parallel(jobs: 1, timeout: .seconds(20)).map(0..<200) { number in number }
        #expect(results == Array(0..<200))
        let waited = Gate()
        let parallel = Parallel(jobs: 2, timeout: .milliseconds(1500), preDispatch: .all)
        let outcome = try await parallel.mapResults(0..<4) { number -> Int in
            // The first two hold both workers until their time is over; the others have theirs still.
            if number < 2 { try Self.untilCancelled() }
            waited.open()
            return number
        }
        #expect(outcome.map { try? $0.get() } == [nil, nil, 2, 3])
    }

    @Test("A task that timed out is tried again")
    func retried() async {
        await Self.each(Setup.everyWay) { setup in
            let parallel = setup.parallel(timeout: Self.limit, retries: .times(1))
            let results = try await setup.map([0, 1, 2], with: parallel) { number in
                if number == 1, TaskContext.current.attempt == 1 { try Self.untilCancelled() }
                return number * 10 + TaskContext.current.attempt
            }
            #expect(results == [1, 12, 21], "\(setup.testDescription)")
        }
    }

    @Test("An asynchronous body that takes too long is cancelled", arguments: [1, 2])
    func asynchronousBody(_ jobs: Int) async throws {
        let wasCancelled = Gate()
        let results = try await Parallel(jobs: JobCount(jobs), timeout: Self.limit).mapResults(0..<4) {
            number in
            if number == 2 {
                do { try await Task.sleep(for: .seconds(3600)) } catch { wasCancelled.open() }
            }
            return number
        }
        #expect(results.map { try? $0.get() } == [0, 1, nil, 3])
        try await wasCancelled.passed("the body to be cancelled")
    }

    @Test("In a stream it is thrown in its place", arguments: [1, 2])
    func stream(_ jobs: Int) async throws {
        let stream = Parallel(jobs: JobCount(jobs), timeout: Self.limit).stream(0..<4) { number in
            if number == 2 { try Self.untilCancelled() }
            return number
        }
        var results: [Int] = []
        let failure = try await failure { for try await result in stream { results.append(result) } }
        #expect(results == [0, 1])
        #expect(failure.reason == .timedOut(after: Self.limit))
    }

    @Test("Tasks after one that was left behind see the caller's task-local values")
    func taskLocals() async {
        await Self.each(Self.threads) { setup in
            let mayEnd = Gate()
            defer { mayEnd.open() }
            let results = try await TaskLocalTests.$name.withValue("caller") {
                try await setup.mapResults(Array(0..<12), with: setup.parallel(timeout: Self.limit)) { number in
                    if number < 6 { try mayEnd.wait("the call to return") }
                    return TaskLocalTests.name
                }
            }
            #expect(results.suffix(6).map { try? $0.get() } == Array(repeating: "caller", count: 6))
        }
    }
}
