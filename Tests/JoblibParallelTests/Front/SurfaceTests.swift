import Joblib
import Testing

@Suite("The other forms of a call")
struct SurfaceTests {
    @Test("sharing: gives every task the value", arguments: [1, 2, 4])
    func sharing(_ jobs: Int) async throws {
        let parallel = Parallel(jobs: JobCount(jobs))
        let shared = Array(0..<100)
        let expected = (0..<200).map { 4950 * $0 }
        #expect(try await parallel.map(0..<200, sharing: shared) { $1.reduce(0, +) * $0 } == expected)
        let slowly = try await parallel.map(0..<200, sharing: shared) { number, shared async in
            shared.reduce(0, +) * number
        }
        #expect(slowly == expected)
        let results = try await parallel.mapResults(0..<200, sharing: shared) { number, shared in
            if number == 7 { throw Broken() }
            return shared.reduce(0, +) * number
        }
        #expect(results.filter { (try? $0.get()) == nil }.count == 1)
        guard case .failure(let failure) = results[7] else { throw Missing(what: "the failure") }
        #expect(failure.call.arguments.count == 2)
    }

    @Test("sharing: in blocking code", arguments: [1, 2, 4])
    func sharingBlocking(_ jobs: Int) throws {
        let parallel = Parallel(jobs: JobCount(jobs))
        #expect(try parallel.map(0..<20, sharing: 3) { $0 * $1 } == (0..<20).map { $0 * 3 })
        let results = try parallel.mapResults(0..<20, sharing: 3) { $0 * $1 }
        #expect(try results.map { try $0.get() } == (0..<20).map { $0 * 3 })
    }

    @Test("parallelMap is a short map", arguments: [1, 2, 4])
    func parallelMap(_ jobs: Int) async throws {
        let jobs = JobCount(jobs)
        #expect(try await [1, 2, 3].parallelMap(jobs: jobs) { $0 * 2 } == [2, 4, 6])
        #expect(try await Stepwise([1, 2, 3]).parallelMap(jobs: jobs) { $0 * 2 } == [2, 4, 6])
        #expect(try await [1, 2, 3].parallelMap(jobs: jobs) { number async in number * 2 } == [2, 4, 6])
        #expect(try await [1, 2, 3].parallelMap { $0 * 2 } == [2, 4, 6])
    }

    @Test("parallelMap in blocking code", arguments: [1, 2, 4])
    func parallelMapBlocking(_ jobs: Int) throws {
        let jobs = JobCount(jobs)
        #expect(try [1, 2, 3].parallelMap(jobs: jobs) { $0 * 2 } == [2, 4, 6])
        #expect(try Stepwise([1, 2, 3]).parallelMap(jobs: jobs, backend: .sequential) { $0 * 2 } == [2, 4, 6])
        #expect(throws: TaskFailure.self) { try [1].parallelMap(jobs: jobs) { _ in throw Broken() } }
    }

    @Test("A pool serves several calls, and the value is usable afterwards", arguments: [1, 2, 4])
    func pool(_ jobs: Int) throws {
        let parallel = Parallel(jobs: JobCount(jobs))
        let sum = try parallel.withPool { pool in
            var state = Array(0..<100)
            for _ in 0..<10 { state = try pool.map(state) { $0 + 1 } }
            #expect(throws: TaskFailure.self) { try pool.map(state) { _ in throw Broken() } }
            return try pool.map(Stepwise(state)) { $0 }.reduce(0, +)
        }
        #expect(sum == 5950)
        #expect(try parallel.map([1]) { $0 } == [1])
    }

    @Test("A pool in asynchronous code", arguments: [1, 2, 4])
    func asynchronousPool(_ jobs: Int) async throws {
        let sum = try await Parallel(jobs: JobCount(jobs)).withPool { pool in
            var state = Array(0..<100)
            for _ in 0..<5 { state = try await pool.map(state) { $0 + 1 } }
            for _ in 0..<5 { state = try await pool.map(state) { number async in number + 1 } }
            return state.reduce(0, +)
        }
        #expect(sum == 5950)
    }

    @Test("A pool passes on what its body throws")
    func poolThrows() {
        #expect(throws: Broken.self) { try Parallel(jobs: 2).withPool { _ in throw Broken() } }
    }

    @Test("A report tells what ran where", arguments: [1, 2, 4])
    func report(_ jobs: Int) async throws {
        let (results, report) = try await Parallel(jobs: JobCount(jobs), batchSize: 5).mapWithReport(0..<100) { $0 }
        #expect(results == Array(0..<100))
        #expect(report.tasks == 100)
        #expect(report.failed == 0)
        #expect(report.retried == 0)
        #expect(report.jobs == jobs)
        #expect(report.backend == (jobs == 1 ? "sequential" : "threads"))
        #expect(report.spans.count == 20)
        #expect(Set(report.spans.flatMap { $0.tasks }) == Set(0..<100))
        #expect(
            report.spans.allSatisfy { $0.start <= $0.end && (0..<jobs).contains($0.worker) && $0.outcome == .succeeded }
        )
        #expect(report.workers.reduce(0) { $0 + $1.tasks } == 100)
        #expect(report.elapsed > .zero)
        #expect(try await Parallel(jobs: 2).mapWithReport([1]) { number async in number }.results == [1])
    }

    @Test("A report in blocking code counts retries")
    func reportOfRetries() throws {
        let parallel = Parallel(jobs: 2, retries: .times(1, on: .thrown))
        let (results, report) = try parallel.mapWithReport(0..<10) { number in
            if TaskContext.current.attempt == 1, number < 4 { throw Broken() }
            return number
        }
        #expect(results == Array(0..<10))
        #expect(report.retried == 4)
        #expect(report.spans.filter { $0.attempt == 2 }.count == 4)
        #expect(Parallel.lastReport != nil)
    }

    @Test("Snapshots for a handler only go up and end with the end", arguments: Setup.everyWay)
    func progress(_ setup: Setup) async throws {
        let seen = Journal<ProgressSnapshot>()
        let parallel = setup.parallel(batchSize: 3, progress: .handler { seen.note($0) })
        _ = try await setup.map(Array(0..<100), with: parallel) { $0 }
        let snapshots = seen.entries
        #expect(zip(snapshots, snapshots.dropFirst()).allSatisfy { $0.done <= $1.done })
        #expect(snapshots.allSatisfy { $0.done <= $0.dispatched && $0.dispatched <= 100 && $0.failed == 0 })
        #expect(snapshots.filter(\.isFinished).count == 1)
        let last = try #require(snapshots.last)
        #expect(last.isFinished && last.done == 100 && last.total == 100)
        let knowsTotal = setup.form != .blockingSequence && setup.form != .suspendingSequence
        #expect(!knowsTotal || snapshots.allSatisfy { $0.total == 100 })
        #expect(snapshots.allSatisfy { ($0.remaining ?? .zero) >= .zero })
    }

    @Test("Snapshots count failures, and end after one that ends the call", arguments: Setup.everyWay)
    func progressOfFailures(_ setup: Setup) async throws {
        let seen = Journal<ProgressSnapshot>()
        let parallel = setup.parallel(progress: .handler { seen.note($0) })
        _ = try await setup.mapResults(Array(0..<20), with: parallel) { if $0 % 2 == 0 { throw Broken() } }
        #expect(seen.entries.last?.failed == 10)
        #expect(seen.entries.last?.done == 20)
        _ = try await failure { try await setup.map(Array(0..<20), with: parallel) { _ in throw Broken() } }
        #expect(seen.entries.last?.isFinished == true)
    }
}
