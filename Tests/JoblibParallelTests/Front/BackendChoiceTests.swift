import Joblib
import Testing

/// A backend that runs everything on threads and says whatever it is told to.
private struct Custom: ParallelBackend {
    var name = "custom"
    var sharesMemory = true
    var workers: Int?

    func effectiveJobs(_ jobs: JobCount?, processors: Int) throws -> Int { workers ?? 2 }
    func makeSession(_ request: SessionRequest) throws -> any BackendSession {
        try ThreadsBackend().makeSession(request)
    }
}

/// A backend whose workers cannot be reached.
private struct Unreachable: ParallelBackend {
    let name = "unreachable"

    func makeSession(_ request: SessionRequest) throws -> any BackendSession {
        throw JoblibError(code: .backendUnavailable, message: "nobody answers")
    }
}

@Suite("Which backend runs a call")
struct BackendChoiceTests {
    private static func used(_ parallel: Parallel) throws -> RunReport {
        try parallel.mapWithReport([1, 2]) { $0 }.report
    }

    @Test("Threads, unless something else is asked for")
    func threads() throws {
        #expect(try Self.used(Parallel(jobs: 2)).backend == "threads")
        #expect(try Self.used(Parallel(jobs: 2, prefer: .threads)).backend == "threads")
        #expect(try Self.used(Parallel(jobs: 2, require: .sharedMemory)).backend == "threads")
        #expect(try Self.used(Parallel(jobs: 1)).backend == "sequential")
    }

    @Test("Hints never make a call fail", arguments: [1, 2], [nil, BackendHint.threads, .processes])
    func hints(_ jobs: Int, _ hint: BackendHint?) throws {
        #expect(try Parallel(jobs: JobCount(jobs), prefer: hint).map([1, 2]) { $0 } == [1, 2])
    }

    @Test("A backend that is given beats a hint, and a configuration beats a hint")
    func beatsHint() throws {
        #expect(try Self.used(Parallel(backend: Custom(), prefer: .threads)).backend == "custom")
        try withParallelConfiguration(backend: Custom()) { () throws in
            #expect(try Self.used(Parallel(prefer: .threads)).backend == "custom")
        }
    }

    @Test("A demand beats a configuration, whose number of jobs went with its backend")
    func demand() throws {
        try withParallelConfiguration(jobs: 4, backend: Custom(sharesMemory: false)) { () throws in
            #expect(try Self.used(Parallel()).backend == "custom")
            #expect(try Self.used(Parallel(require: .sharedMemory)).jobs == 1)
            let explicit = try Self.used(Parallel(jobs: 3, require: .sharedMemory))
            #expect(explicit.backend == "threads" && explicit.jobs == 3)
        }
        try withParallelConfiguration(backend: Custom()) { () throws in
            #expect(try Self.used(Parallel(require: .sharedMemory)).backend == "custom")
        }
    }

    @Test("A demand contradicts a backend that is given", arguments: [false, true])
    func contradiction(_ inConfiguration: Bool) throws {
        let error = try #require(throws: JoblibError.self) {
            if inConfiguration {
                try withParallelConfiguration(require: .sharedMemory) { () throws in
                    _ = try Parallel(jobs: 2, backend: Custom(sharesMemory: false)).map([1]) { $0 }
                }
            } else {
                _ = try Parallel(jobs: 2, backend: Custom(sharesMemory: false), require: .sharedMemory).map([1]) { $0 }
            }
        }
        #expect(error.code == .inconsistentOptions)
        #expect(error.message.hasPrefix("Backend custom does not support shared memory"))
    }

    @Test("A backend of one's own runs every kind of call")
    func custom() async throws {
        let parallel = Parallel(backend: Custom(), retries: .times(1, on: .thrown))
        let numbers = Array(0..<100)
        #expect(try await parallel.map(numbers) { $0 } == numbers)
        #expect(try await parallel.map(numbers) { number async in number } == numbers)
        #expect(try Self.used(parallel).jobs == 2)
        var streamed: [Int] = []
        for try await result in try parallel.stream(numbers, { $0 }) { streamed.append(result) }
        #expect(streamed == numbers)
        let failure = try await failure { try await parallel.map(numbers) { if $0 == 3 { throw Broken() } } }
        #expect(failure.index == 3 && failure.attempt == 2)
    }

    @Test("A backend without workers is refused", arguments: [0, -1])
    func noWorkers(_ workers: Int) throws {
        let error = try #require(throws: JoblibError.self) {
            try Parallel(jobs: 2, backend: Custom(name: "ZeroWorkerBackend", workers: workers)).map([1]) { $0 }
        }
        #expect(error.message == "ZeroWorkerBackend has no active worker.")
        #expect(error.code == .backendUnavailable)
    }

    @Test("A backend that can't be reached says so, to every kind of call")
    func unreachable() async throws {
        let parallel = Parallel(jobs: 2, backend: Unreachable())
        #expect(throws: JoblibError.self) { try Self.used(parallel) }
        for error in [
            try await joblibError { try await parallel.map([1]) { $0 } },
            try await joblibError { try await parallel.mapResults([1]) { $0 } },
            try await joblibError { for try await _ in parallel.stream([1], { $0 }) {} },
        ] { #expect(error.message == "nobody answers") }
    }

    @Test("A backend can be registered and replaced under a name; an unknown name is refused")
    func registry() throws {
        ParallelBackendRegistry.register("choice-tests") { Custom(workers: 3) }
        let named = try ParallelBackendRegistry.backend(named: "choice-tests")
        #expect(try Self.used(Parallel(backend: named)).jobs == 3)
        ParallelBackendRegistry.register("choice-tests") { Custom(workers: 5) }
        #expect(try Self.used(Parallel(backend: ParallelBackendRegistry.backend(named: "choice-tests"))).jobs == 5)
        #expect(ParallelBackendRegistry.names.contains("threads"))
        let error = try #require(throws: JoblibError.self) { try ParallelBackendRegistry.backend(named: "nope") }
        #expect(error.code == .unknownBackend)
        #expect(error.message.hasPrefix("Invalid backend: nope, expected one of ["))
    }

    @Test("effectiveJobs has joblib's meaning")
    func effective() {
        #expect(effectiveJobs(1) == 1)
        #expect(effectiveJobs(3) == 3)
        #expect(effectiveJobs(-1) == cpuCount())
        #expect(effectiveJobs(-2) == max(1, cpuCount() - 1))
        #expect(effectiveJobs(-1000) == 1)
        #expect(effectiveJobs() == cpuCount())
        // What a call would refuse.
        #expect(effectiveJobs(0) == 0)
        #expect(cpuCount(onlyPhysicalCores: true) <= cpuCount())
    }
}
