import Joblib
import Testing

@Suite("Calls inside tasks", .timeLimit(.minutes(10)))
struct NestingTests {
    @Test("Give the same results as loops, whatever the jobs", arguments: [1, 2, 4], [1, 2, 4])
    func twoDeep(_ outer: Int, _ inner: Int) throws {
        let table = try Parallel(jobs: JobCount(outer)).map(0..<30) { row in
            try Parallel(jobs: JobCount(inner)).map(0..<30) { column in row * column }
        }
        #expect(table == (0..<30).map { row in (0..<30).map { row * $0 } })
    }

    @Test("Run four deep on few threads", arguments: [1, 2, 3])
    func fourDeep(_ jobs: Int) throws {
        @Sendable func count(_ depth: Int) throws -> Int {
            if depth == 0 { return 1 }
            return try Parallel(jobs: JobCount(jobs)).map(0..<4) { _ in try count(depth - 1) }.reduce(0, +)
        }
        #expect(try count(4) == 256)
    }

    @Test("Run four deep in asynchronous code", arguments: [1, 2, 3])
    func fourDeepAsynchronous(_ jobs: Int) async throws {
        @Sendable func count(_ depth: Int) async throws -> Int {
            if depth == 0 { return 1 }
            return try await Parallel(jobs: JobCount(jobs)).map(0..<4) { _ in try await count(depth - 1) }.reduce(0, +)
        }
        #expect(try await count(4) == 256)
    }

    @Test("Run one job by default")
    func defaultJobs() throws {
        let jobs = try Parallel(jobs: 2).map(0..<3) { _ in effectiveJobs(nil) }
        #expect(jobs == [1, 1, 1])
        #expect(effectiveJobs(nil) == cpuCount())
        let workers = try Parallel(jobs: 2).map(0..<3) { _ in
            Set(try Parallel().map(0..<50) { _ in TaskContext.current.workerIndex })
        }
        #expect(workers == [[0], [0], [0]])
    }

    @Test("Work over every pair of ways to call", arguments: Setup.everyWay)
    func everyPair(_ setup: Setup) async throws {
        let sums = try await setup.map(Array(0..<6)) { number in
            let inCaller = try Parallel(jobs: 1).map(0..<5) { $0 + number }
            let dispatched = try Parallel(jobs: 2).map(Stepwise(0..<5)) { $0 + number }
            let sequential = try Parallel(jobs: 2, backend: .sequential).map(0..<5) { $0 + number }
            let asValues = try Parallel(jobs: 2).mapResults(0..<5) { $0 + number }.map { try $0.get() }
            return (inCaller + dispatched + sequential + asValues).reduce(0, +)
        }
        #expect(sums == (0..<6).map { 4 * (10 + 5 * $0) })
    }

    @Test("Streams can be read inside tasks", arguments: [1, 2, 4])
    func streams(_ jobs: Int) throws {
        let sums = try Parallel(jobs: JobCount(jobs)).map(0..<10) { number in
            let stream = Parallel(jobs: 2).stream(0..<20) { $0 * number }
            var sum = 0
            while let result = try stream.next() { sum += result }
            return sum
        }
        #expect(sums == (0..<10).map { 190 * $0 })
    }

    @Test("Failing beside others that go on, end everything")
    func failing() async throws {
        let failure = try await failure {
            try await Parallel(jobs: 2).map(0..<10) { number in
                try Parallel(jobs: 2).map(0..<10) { inner in
                    if number == 3, inner == 3 { throw Broken(index: 33) }
                    return inner
                }
            }
        }
        #expect((failure.underlying as? TaskFailure)?.underlying as? Broken == Broken(index: 33))
        #expect(try await Parallel(jobs: 2).map([1]) { $0 } == [1])
    }

    @Test("An idle outer worker helps an inner call")
    func help() throws {
        // One outer task, whose two inner tasks wait for each other.
        let met = Tally()
        let results = try Parallel(jobs: 2).map([0]) { _ in
            try Parallel(jobs: 2).map([0, 1]) { number in
                met.add()
                try met.wait(for: 2, "both inner tasks")
                return number
            }
        }
        #expect(results == [[0, 1]])
    }

    @Test("From many threads at once keep their results apart")
    func fromThreads() async throws {
        try await withThrowingTaskGroup(of: [Int].self) { group in
            for base in 0..<10 {
                group.addTask(executorPreference: ThreadPerJob()) {
                    try Setup.blocking { try Parallel(jobs: 3).map(Array(0..<500)) { $0 + base } }
                }
            }
            var sums: Set<Int> = []
            for try await results in group { sums.insert(results.reduce(0, +)) }
            #expect(sums == Set((0..<10).map { 124_750 + 500 * $0 }))
        }
    }

    @Test("With a pool inside a pool", arguments: [1, 2])
    func pools(_ jobs: Int) throws {
        let results = try Parallel(jobs: JobCount(jobs)).withPool { outer in
            try outer.map(0..<5) { number in
                try Parallel(jobs: 2).withPool { inner in try inner.map(0..<3) { $0 * number } }
            }
        }
        #expect(results == (0..<5).map { number in (0..<3).map { $0 * number } })
    }
}
