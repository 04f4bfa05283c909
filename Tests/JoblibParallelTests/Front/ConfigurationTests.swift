import Joblib
import Testing

@Suite("Configurations")
struct ConfigurationTests {
    /// How many workers a call with these options has.
    private static func jobs(_ parallel: Parallel = Parallel()) throws -> Int {
        try parallel.mapWithReport([1]) { $0 }.report.jobs
    }

    private static func backend(_ parallel: Parallel = Parallel()) throws -> String {
        try parallel.mapWithReport([1]) { $0 }.report.backend
    }

    @Test("Give calls other defaults, within their body only")
    func defaults() throws {
        let outside = try Self.jobs()
        try withParallelConfiguration(jobs: 3) { () throws in
            #expect(try Self.jobs() == 3)
            #expect(effectiveJobs(nil) == 3)
        }
        #expect(try Self.jobs() == outside)
        #expect(outside == cpuCount())
        #expect(cpuCount() > 0)
    }

    @Test("What a call is given wins")
    func callWins() throws {
        try withParallelConfiguration(jobs: 3, backend: .sequential) { () throws in
            #expect(try Self.jobs(Parallel(jobs: 2, backend: .threads)) == 2)
            #expect(try Self.backend(Parallel(jobs: 2, backend: .threads)) == "threads")
            #expect(try Self.backend() == "sequential")
            #expect(try Self.jobs() == 1)
        }
    }

    @Test("No retries are no retries, whatever the configuration says")
    func noRetries() throws {
        let body: @Sendable (Int) throws -> Int = { number in
            if TaskContext.current.attempt == 1 { throw Broken() }
            return number
        }
        try withParallelConfiguration(jobs: 1, retries: .times(1, on: .thrown)) { () throws in
            #expect(try Parallel().map([7], body) == [7])
            #expect(throws: TaskFailure.self) { try Parallel(retries: .none).map([7], body) }
            withParallelConfiguration(retries: .none) {
                _ = #expect(throws: TaskFailure.self) { try Parallel().map([7], body) }
            }
        }
    }

    @Test("Merge when nested, the inner one winning")
    func nested() throws {
        try withParallelConfiguration(jobs: 3, seed: 42) { () throws in
            try withParallelConfiguration(jobs: 2) { () throws in
                #expect(try Self.jobs() == 2)
                var random = TaskRandom(seed: 42, taskIndex: 0)
                let first = random.next()
                #expect(try Parallel().map([0]) { _ in TaskContext.current.random.next() } == [first])
                try withParallelConfiguration(backend: .sequential) { () throws in
                    #expect(try Self.backend() == "sequential")
                }
                #expect(try Self.backend() == "threads")
            }
            #expect(try Self.jobs() == 3)
        }
    }

    @Test("Hold in asynchronous code too")
    func asynchronous() async throws {
        try await withParallelConfiguration(jobs: 3, retries: .times(1, on: .thrown)) {
            await Task.yield()
            let attempts = try await Parallel().map([1, 2]) { _ in
                if TaskContext.current.attempt == 1 { throw Broken() }
                return TaskContext.current.attempt
            }
            #expect(attempts == [2, 2])
            #expect(try await Parallel().mapWithReport([1]) { $0 }.report.jobs == 3)
        }
    }

    @Test("Do not reach into tasks, but hold in a task that makes its own", arguments: [1, 2])
    func tasks(_ jobs: Int) throws {
        try withParallelConfiguration(jobs: JobCount(jobs), seed: 1) { () throws in
            let inner = try Parallel().map([0, 1]) { _ in
                [effectiveJobs(nil), withParallelConfiguration(jobs: 3) { effectiveJobs(nil) }]
            }
            #expect(inner == [[1, 3], [1, 3]])
        }
    }

    @Test("A value that makes no sense is reported by the call that uses it")
    func invalid() throws {
        try withParallelConfiguration(jobs: 0) { () throws in
            #expect(throws: JoblibError.self) { try Parallel().map([1]) { $0 } }
            #expect(try Parallel(jobs: 1).map([1]) { $0 } == [1])
        }
        try withParallelConfiguration(prefer: .processes) { () throws in
            _ = #expect(throws: JoblibError.self) { try Parallel(require: .sharedMemory).map([1]) { $0 } }
        }
    }

    @Test("Two threads have each their own")
    func threads() async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for jobs in 1...6 {
                group.addTask {
                    try withParallelConfiguration(jobs: JobCount(jobs)) { () throws in
                        (0..<50).allSatisfy { _ in effectiveJobs(nil) == jobs }
                    }
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }
}
