import Joblib
import Testing

@Suite("A stream of results", .timeLimit(.minutes(10)))
struct StreamTests {
    @Test("In submission order comes in the order of the input", arguments: [1, 2, 4], [0, 1, 3, 1000])
    func submission(_ jobs: Int, _ count: Int) async throws {
        let parallel = Parallel(jobs: JobCount(jobs))
        var results: [Int] = []
        for try await result in parallel.stream(0..<count, { $0 * 2 }) { results.append(result) }
        #expect(results == (0..<count).map { $0 * 2 })
        results = []
        for try await result in parallel.stream(of: Stepwise(0..<count).lazy.map { delayed(String.init)($0) }) {
            results.append(Int(result) ?? -1)
        }
        #expect(results == Array(0..<count))
        results = []
        for try await result in parallel.stream(0..<count, { number async in number }) { results.append(result) }
        #expect(results == Array(0..<count))
    }

    @Test("Can be read where nothing may suspend", arguments: [1, 2, 4], [0, 1, 3, 1000])
    func blocking(_ jobs: Int, _ count: Int) throws {
        for order in [ResultOrder.submission, .completion] {
            let stream = Parallel(jobs: JobCount(jobs)).stream(0..<count, order: order) { $0 }
            var results: [Int] = []
            while let result = try stream.next() { results.append(result) }
            #expect(try stream.next() == nil)
            #expect(order == .submission ? results == Array(0..<count) : results.sorted() == Array(0..<count))
        }
    }

    @Test("In completion order, quick tasks do not wait for a slow one", arguments: [2, 4])
    func completion(_ jobs: Int) async throws {
        let mayEnd = Gate()
        let parallel = Parallel(jobs: JobCount(jobs), batchSize: 1)
        let stream = parallel.stream(0..<10, order: .completion) { number in
            if number == 0 { try mayEnd.wait("the quick results") }
            return number
        }
        var results: [Int] = []
        for try await result in stream {
            results.append(result)
            if results.count == 9 { mayEnd.open() }
        }
        #expect(results.count == 10)
        #expect(results.last == 0)
        #expect(Set(results) == Set(0..<10))
    }

    @Test("Begins before its first result is asked for", arguments: [2, 4])
    func eager(_ jobs: Int) async throws {
        let begun = Gate()
        let stream = Parallel(jobs: JobCount(jobs)).stream([1]) { number in
            begun.open()
            return number
        }
        try await begun.passed("a task to run")
        #expect(try Setup.blocking { try Self.all(stream) } == [1])
    }

    @Test("With one job runs a task when its result is asked for")
    func lazy() throws {
        let journal = Journal<String>()
        let stream = Parallel(jobs: 1).stream(Naturals(limit: 3) { journal.note("produced \($0)") }) { number in
            journal.note("ran \(number)")
            return number
        }
        #expect(journal.entries.isEmpty)
        while let result = try stream.next() { journal.note("read \(result)") }
        #expect(journal.entries == (0..<3).flatMap { ["produced \($0)", "ran \($0)", "read \($0)"] })
    }

    @Test(
        "Never runs further ahead of its reader than twice preDispatch",
        arguments: [1, 2, 4],
        [ResultOrder.submission, .completion]
    )
    func bounded(_ jobs: Int, _ order: ResultOrder) async throws {
        let produced = Tally()
        let parallel = Parallel(jobs: JobCount(jobs), preDispatch: 4, batchSize: 1)
        let stream = parallel.stream(Naturals { _ in produced.add() }, order: order) { $0 }
        var taken = 0
        for try await _ in stream {
            taken += 1
            #expect(produced.value - taken < 8)
            if taken == 500 { break }
        }
    }

    @Test("Pauses while nobody reads", arguments: [2, 4])
    func pauses(_ jobs: Int) async throws {
        let begun = Tally()
        let parallel = Parallel(jobs: JobCount(jobs), preDispatch: 5, batchSize: 1)
        let stream = parallel.stream(Naturals(), order: .completion) { number in
            begun.add()
            return number
        }
        try await begun.reached(5, "what may run ahead")
        #expect(try Setup.blocking { try Self.take(1, stream) } == 1)
        #expect(begun.value <= 10)
        withExtendedLifetime(stream) {}
    }

    @Test("Dropped early, stops its workers and leaves other calls alone", arguments: [1, 2, 4])
    func dropped(_ jobs: Int) async throws {
        let told = Tally()
        let runs = Tally()
        let other = Parallel(jobs: 2).stream(0..<1000) { $0 }
        do {
            let stream = Parallel(jobs: JobCount(jobs), batchSize: 1).stream(Naturals()) { number in
                if number < 3 { return number }
                runs.add()
                while !TaskContext.current.isCancelled {}
                told.add()
                return number
            }
            #expect(try Setup.blocking { try Self.take(3, stream) } == 3)
            if jobs > 1 { try await runs.reached(1, "a task to run") }
        }
        if jobs > 1 { try await told.reached(1, "the task to be told") }
        #expect(try await Parallel(jobs: 2).map([1, 2]) { $0 } == [1, 2])
        #expect(try Setup.blocking { try Self.all(other) } == Array(0..<1000))
    }

    @Test("Never read is dropped without harm", arguments: [1, 2])
    func neverRead(_ jobs: Int) throws {
        for _ in 0..<20 { _ = Parallel(jobs: JobCount(jobs)).stream(Naturals()) { $0 } }
        #expect(try Parallel(jobs: 2).map([1]) { $0 } == [1])
    }

    @Test("Two at once keep their results apart")
    func two() throws {
        let parallel = Parallel(jobs: 2)
        let one = parallel.stream(0..<200) { $0 }
        let two = parallel.stream(0..<200) { -$0 }
        for number in 0..<200 {
            #expect(try one.next() == number)
            #expect(try two.next() == -number)
        }
        #expect(try one.next() == nil)
        #expect(try two.next() == nil)
    }

    @Test("Gives what came before a failure, then throws it, then ends", arguments: [1, 2, 4])
    func failing(_ jobs: Int) async throws {
        let stream = Parallel(jobs: JobCount(jobs), batchSize: 1).stream(0..<100) { number in
            if number == 5 { throw Broken(index: number) }
            return number
        }
        var results: [Int] = []
        let failure = try await failure { for try await result in stream { results.append(result) } }
        #expect(failure.index == 5)
        #expect(failure.underlying as? Broken == Broken(index: 5))
        // With several jobs, earlier tasks may still be under way when one fails, and are not waited for.
        #expect(results == Array(0..<results.count) && results.count <= 5)
        #expect(jobs > 1 || results.count == 5)
        for try await _ in stream { Issue.record("a result after the failure") }
    }

    @Test("Throws a failure to a blocking reader too", arguments: [1, 2, 4])
    func failingBlocking(_ jobs: Int) throws {
        let stream = Parallel(jobs: JobCount(jobs), batchSize: 1).stream(0..<100) { number in
            if number == 5 { throw Broken(index: number) }
            return number
        }
        var results: [Int] = []
        #expect(throws: TaskFailure.self) { while let result = try stream.next() { results.append(result) } }
        #expect(results == Array(0..<results.count) && results.count <= 5)
        #expect(jobs > 1 || results.count == 5)
        #expect(try stream.next() == nil)
    }

    @Test("Is read on by the next loop where the last one stopped", arguments: [1, 2])
    func resumed(_ jobs: Int) async throws {
        let stream = Parallel(jobs: JobCount(jobs)).stream(0..<10) { $0 }
        for try await result in stream where result == 3 { break }
        var rest: [Int] = []
        for try await result in stream { rest.append(result) }
        #expect(rest == Array(4..<10))
    }

    @Test("Retries failed tasks and goes on", arguments: [1, 2, 4])
    func retried(_ jobs: Int) async throws {
        let parallel = Parallel(jobs: JobCount(jobs), retries: .times(2, on: .thrown))
        var results: [Int] = []
        let stream = parallel.stream(0..<50) { number in
            if number % 7 == 0, TaskContext.current.attempt <= 2 { throw Broken() }
            return number
        }
        for try await result in stream { results.append(result) }
        #expect(results == Array(0..<50))
    }

    @Test("Reports options that make no sense when it is read")
    func options() {
        #expect(throws: JoblibError.self) { try Parallel(jobs: 0).stream([1]) { $0 }.next() }
        #expect(throws: JoblibError.self) { try Parallel(jobs: 2, preDispatch: 0).stream([1]) { $0 }.next() }
    }

    private static func all<R>(_ stream: ParallelResults<R>) throws -> [R] {
        var results: [R] = []
        while let result = try stream.next() { results.append(result) }
        return results
    }

    private static func take<R>(_ count: Int, _ stream: ParallelResults<R>) throws -> Int {
        var taken = 0
        while taken < count, try stream.next() != nil { taken += 1 }
        return taken
    }
}
