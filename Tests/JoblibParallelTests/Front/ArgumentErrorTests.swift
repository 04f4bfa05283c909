import Joblib
import Testing

@Suite("Options that make no sense are refused when the call is made")
struct ArgumentErrorTests {
    /// The error of each kind of call with these options.
    private func errors(_ parallel: Parallel) async throws -> [JoblibError] {
        [
            try await joblibError { try await parallel.map([1, 2]) { $0 } },
            try await joblibError { try await parallel.map(Stepwise([1, 2])) { $0 } },
            try await joblibError { try await parallel.map([1, 2]) { number async in number } },
            try await joblibError { try await parallel.mapResults([1, 2]) { $0 } },
            try await joblibError { for try await _ in parallel.stream([1, 2], { $0 }) {} },
        ] + (try blockingErrors(parallel))
    }

    private func blockingErrors(_ parallel: Parallel) throws -> [JoblibError] {
        let calls: [() throws -> Void] = [
            { _ = try parallel.map([1, 2]) { $0 } },
            { _ = try parallel.map([Int]()) { $0 } },
            { _ = try parallel.map(Stepwise([1, 2])) { $0 } },
            { _ = try parallel.mapResults([1, 2]) { $0 } },
            { _ = try parallel([delayed { 1 }()]) },
        ]
        return try calls.map { call in try #require(throws: JoblibError.self) { try call() } }
    }

    private func expect(
        _ parallel: Parallel,
        _ message: String,
        _ code: JoblibError.Code = .invalidArgument
    ) async throws {
        for error in try await errors(parallel) {
            #expect(error.message == message)
            #expect(error.code == code)
            #expect(error.remedy?.isEmpty == false)
        }
    }

    @Test("jobs: 0")
    func jobs() async throws {
        try await expect(Parallel(jobs: 0), "jobs == 0 in Parallel has no meaning")
        try await expect(Parallel(jobs: 0, backend: .sequential), "jobs == 0 in Parallel has no meaning")
        try await expect(Parallel(jobs: JobCount(0)), "jobs == 0 in Parallel has no meaning")
    }

    @Test("More jobs than a call can have")
    func tooMany() async throws {
        try await expect(
            Parallel(jobs: JobCount(.max)),
            "jobs == \(Int.max) in Parallel is more than the 65536 workers that one call can have"
        )
    }

    @Test("A negative number of processors to leave free")
    func negativeException() async throws {
        try await expect(
            Parallel(jobs: .allProcessors(except: -1)),
            "jobs: .allProcessors(except: -1) cannot leave out a negative number of processors"
        )
    }

    @Test("Every other number of jobs is taken", arguments: [1, -1, -2, -100, .min, 3, 70])
    func goodJobs(_ jobs: Int) async throws {
        #expect(try await Parallel(jobs: JobCount(jobs)).map([1, 2, 3]) { $0 } == [1, 2, 3])
    }

    @Test("batchSize below 1", arguments: [0, -1, .min])
    func batchSize(_ size: Int) async throws {
        let parallel = Parallel(jobs: 2, batchSize: BatchSize(size))
        try await expect(parallel, "batchSize must be .automatic or a positive integer, got: \(size)")
        try await expect(
            Parallel(jobs: 1, batchSize: BatchSize(size)),
            "batchSize must be .automatic or a positive integer, got: \(size)"
        )
    }

    @Test("The largest batchSize is as good as any", arguments: Setup.everyWay)
    func largeBatch(_ setup: Setup) async throws {
        let parallel = setup.parallel(batchSize: BatchSize(.max))
        #expect(try await setup.map(Array(0..<100), with: parallel) { $0 } == Array(0..<100))
    }

    @Test("preDispatch below one task is refused instead of dropping every task")
    func preDispatch() async throws {
        try await expect(Parallel(jobs: 2, preDispatch: 0), "preDispatch must come to at least one task, got: 0")
        try await expect(Parallel(jobs: 2, preDispatch: -1), "preDispatch must come to at least one task, got: -1")
        for error in try await errors(Parallel(jobs: 2, preDispatch: "n_jobs/3")) {
            #expect(error.message.hasPrefix("preDispatch must come to at least one task, got: 0.66"))
            #expect(error.message.hasSuffix("from \"n_jobs/3\" with n_jobs = 2"))
        }
    }

    @Test("preDispatch that is no arithmetic expression")
    func expression() async throws {
        try await expect(
            Parallel(jobs: 2, preDispatch: "foo*2"),
            "'foo*2' is not a valid or supported arithmetic expression."
        )
        for error in try await errors(Parallel(jobs: 2, preDispatch: "2*2+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1")) {
            #expect(error.message.contains("is too long. Max length is 30, got"))
        }
        try await expect(
            Parallel(jobs: 2, preDispatch: "10000000"),
            "Numeric literal 10000000 is too large, max is 1000000."
        )
        for text in ["", "1/0", "n_jobs**n_jobs**99", "2 2", "exec('x')"] {
            _ = try await errors(Parallel(jobs: 2, preDispatch: PreDispatch(stringLiteral: text)))
        }
    }

    @Test("timeout that is not longer than zero", arguments: [Duration.zero, .seconds(-1)])
    func timeout(_ timeout: Duration) async throws {
        try await expect(Parallel(jobs: 2, timeout: timeout), "timeout must be longer than zero, got: \(timeout)")
    }

    @Test("The longest timeout is as good as none", arguments: Setup.everyWay)
    func longTimeout(_ setup: Setup) async throws {
        let parallel = setup.parallel(timeout: .seconds(Int64.max))
        #expect(try await setup.map([1, 2, 3], with: parallel) { $0 } == [1, 2, 3])
    }

    @Test("A negative number of retries, a backoff that makes no sense")
    func retries() async throws {
        try await expect(Parallel(jobs: 2, retries: .times(-1)), "retries: .times(-1) cannot be negative")
        let backoff = RetryPolicy.Backoff.exponential(factor: 0.5)
        for error in try await errors(Parallel(jobs: 2, retries: .times(1, backoff: backoff))) {
            #expect(error.message == "retries: the backoff's factor must be 1 or more, got: 0.5")
        }
    }

    @Test("sharedMemoryThreshold that is no size")
    func threshold() async throws {
        try await expect(
            Parallel(jobs: 2, sharedMemoryThreshold: "10X"),
            "Invalid literal for size given: 10X (type String) should be alike '10G', '500M', '50K'."
        )
        #expect(try await Parallel(jobs: 2, sharedMemoryThreshold: nil).map([1]) { $0 } == [1])
    }

    @Test("prefer and require that contradict each other")
    func preferAndRequire() async throws {
        try await expect(
            Parallel(jobs: 2, prefer: .processes, require: .sharedMemory),
            "prefer == .processes and require == .sharedMemory are inconsistent settings",
            .inconsistentOptions
        )
    }

    @Test("The error prints its message and what to do")
    func description() async throws {
        let error = try await joblibError { try await Parallel(jobs: 0).map([1]) { $0 } }
        #expect("\(error)".hasPrefix("jobs == 0 in Parallel has no meaning. Write 1 to run in the caller"))
    }

    @Test("Making the value alone refuses nothing")
    func valueOnly() {
        _ = Parallel(jobs: 0, timeout: .zero, preDispatch: 0, batchSize: 0)
        #expect(Parallel(jobs: -1).description == "Parallel(jobs: -1)")
    }
}
