import Foundation
import Joblib
import JoblibSystem
import Synchronization
import Testing

/// How long worker processes live, and what they are given.
@Suite("Lives of worker processes", .timeLimit(.minutes(10)), .startsWorkers)
struct WorkerLifeTests {
    /// The processes of as many tasks as there are jobs, each of which waits for the others.
    private static func processes(_ pool: Parallel, directory: String, round: Int, jobs: Int) throws -> Set<Int32> {
        let tasks = (0..<jobs).map { "\(directory)/\(round)-\($0)" }
        return Set(
            try pool.map(tasks, sharing: tasks) { mine, all in
                try Data().write(to: URL(fileURLWithPath: mine))
                while !all.allSatisfy(FileManager.default.fileExists(atPath:)) { usleep(200) }
                return CurrentProcess.identifier
            }
        )
    }

    @Test("A pool's workers are other processes, are used again, and end with it")
    func reuse() throws {
        try TemporaryFiles.use { directory in
            let all = try Parallel(jobs: 2, backend: .processes, batchSize: 1).withPool { pool in
                let rounds = try (0..<4).map { try Self.processes(pool, directory: directory, round: $0, jobs: 2) }
                #expect(rounds[0].count == 2)
                #expect(!rounds[0].contains(CurrentProcess.identifier))
                #expect(Set(rounds).count == 1)
                #expect(rounds[0].allSatisfy(ProcessList.isThere))
                return rounds[0]
            }
            try ProcessList.waitUntilGone(all)
        }
    }

    @Test("A call made while a stream of the same pool waits for its reader gets its workers")
    func callWhileStreaming() throws {
        try Parallel(jobs: 2, backend: .processes).withPool { pool in
            let squares = pool.stream(0..<40) { $0 * $0 }
            var sums: [Int] = []
            while let square = try squares.next() {
                sums.append(try pool.map([square, square + 1]) { $0 + 1 }.reduce(0, +))
            }
            #expect(sums == (0..<40).map { 2 * $0 * $0 + 3 })
        }
    }

    @Test("A worker that died is replaced, and only that one")
    func replacement() throws {
        try TemporaryFiles.use { directory in
            try Parallel(jobs: 2, backend: .processes, batchSize: 1).withPool { pool in
                let before = try Self.processes(pool, directory: directory, round: 0, jobs: 2)
                let victim = try #require(before.first)
                kill(victim, SIGKILL)
                let after = try Self.processes(pool, directory: directory, round: 1, jobs: 2)
                #expect(after.count == 2)
                #expect(!after.contains(victim))
                #expect(after.intersection(before).count == 1)
            }
        }
    }

    @Test("A worker does no more tasks than maxTasksPerWorker says", arguments: [1, 3], [BatchSize(1), .automatic])
    func mostTasks(_ most: Int, _ batchSize: BatchSize) throws {
        let parallel = Parallel(jobs: 2, backend: .processes(maxTasksPerWorker: most), batchSize: batchSize)
        let processes = try parallel.map(0..<20) { _ in CurrentProcess.identifier }
        let counts = Dictionary(grouping: processes) { $0 }.mapValues(\.count)
        #expect(counts.values.allSatisfy { $0 <= most }, "\(counts)")
    }

    @Test("A limit of no tasks at all is refused")
    func noTasks() throws {
        let parallel = Parallel(jobs: 2, backend: .processes(maxTasksPerWorker: 0))
        let error = try refusal { try parallel.map(0..<2) { $0 } }
        #expect(error.code == .invalidArgument)
    }

    @Test("A worker that uses more memory than maxWorkerMemory is replaced, another is not")
    func mostMemory() throws {
        // Once for both: other tests take and free memory all the time.
        let resident = CurrentProcess.residentByteCount
        let limit = ByteCount.mebibytes(resident >> 20 + 256)
        try TemporaryFiles.use { directory in
            try Parallel(jobs: 2, backend: .processes(maxWorkerMemory: limit), batchSize: 1).withPool { pool in
                let modest = try Self.processes(pool, directory: directory, round: 0, jobs: 2)
                let greedy = try pool.map(0..<1, sharing: resident) { _, bytes in
                    let megabytes = [UInt8](repeating: 1, count: bytes + 400 << 20)
                    WorkerMemory.hoard.withLock { $0.append(megabytes) }
                    return CurrentProcess.identifier
                }
                #expect(modest.contains(greedy[0]))
                let after = try Self.processes(pool, directory: directory, round: 1, jobs: 2)
                #expect(!after.contains(greedy[0]))
                #expect(after.intersection(modest).count == 1)
            }
        }
    }

    @Test("The initializer runs once in each worker, before its first task")
    func initializer() throws {
        let backend = ProcessesBackend(initializer: { WorkerMemory.initializations.withLock { $0 += 1 } })
        try Parallel(jobs: 2, backend: backend, batchSize: 1).withPool { pool in
            for _ in 0..<3 {
                let counts = try pool.map(0..<20) { _ in WorkerMemory.initializations.withLock { $0 } }
                #expect(Set(counts) == [1])
            }
        }
        #expect(WorkerMemory.initializations.withLock { $0 } == 0)
    }

    @Test("An initializer that throws says so, and one that captures is refused")
    func badInitializers() throws {
        let throwing = ProcessesBackend(initializer: { throw TravellingError(code: 5, reason: "no model") })
        let failed = try refusal { try Parallel(jobs: 2, backend: throwing).map(0..<4) { $0 } }
        #expect(failed.code == .workerFailed)
        #expect(failed.message.contains("no model"))
        let number = CurrentProcess.identifier
        let capturing = ProcessesBackend(initializer: { print(number) })
        let refused = try refusal { try Parallel(jobs: 2, backend: capturing).map(0..<4) { $0 } }
        #expect(refused.code == .capturingClosure)
    }

    @Test("Workers without work end after the idle time")
    func idleTime() throws {
        let parallel = Parallel(jobs: 2, backend: .processes(idleTime: .milliseconds(20)))
        let processes = Set(try parallel.map(0..<10) { _ in CurrentProcess.identifier })
        try ProcessList.waitUntilGone(processes)
        #expect(try parallel.map(0..<10) { $0 } == Array(0..<10))
    }

    @Test("Libraries are told to use their part of the processors, unless the user has said otherwise")
    func threadVariables() throws {
        let names = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"]
        let values = try Parallel(jobs: 2, backend: .processes).map(names) { Environment.value($0) }
        let share = "\(max(1, cpuCount() / 2))"
        #expect(values == names.map { Environment.value($0) ?? share })
    }

    @Test("Workers have no standard input, and know that they are workers")
    func surroundings() throws {
        let results = try Parallel(jobs: 2, backend: .processes).map(0..<2) { _ in
            (JoblibWorker.isCurrentProcess, FileHandle.standardInput.availableData.isEmpty)
        }
        #expect(results.allSatisfy { $0.0 && $0.1 })
        #expect(!JoblibWorker.isCurrentProcess)
    }
}
