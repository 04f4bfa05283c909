import Foundation
import Joblib
import JoblibSystem
import Testing

/// What is larger, or more, than the memory and the sockets between a program and its workers hold at a time.
@Suite("Much at once with worker processes", .timeLimit(.minutes(10)))
struct ProcessPressureTests {
    @Test("An error whose text is longer than the ring comes back whole", arguments: [1, 3] as [JobCount])
    func longError(_ jobs: JobCount) throws {
        let results = try Parallel(jobs: jobs, backend: .processes, batchSize: 1).mapResults(0..<4) { number in
            if number == 2 { throw TravellingError(code: 1, reason: String(repeating: "é", count: 1_000_000)) }
            return number
        }
        let failure = try #require(results[2].failure)
        #expect((failure.underlying as? TravellingError)?.reason.count == 1_000_000)
        #expect(results.filter { $0.failure == nil }.count == 3)
    }

    @Test("A batch may have more big results than a socket holds", arguments: [100_000, 2_000_000])
    func manyBigResults(_ byteCount: Int) throws {
        let count = byteCount > 1_000_000 ? 60 : 400
        let parallel = Parallel(jobs: 1, backend: .processes, batchSize: BatchSize(count))
        let results = try parallel.map(0..<count, sharing: byteCount) { number, byteCount in
            // Longer than a worker keeps results back.
            usleep(300)
            return [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: byteCount)
        }
        #expect(results.count == count)
        for (number, result) in results.enumerated() {
            #expect(result.count == byteCount && result.last == UInt8(truncatingIfNeeded: number))
        }
    }

    @Test("Batches with many arrays each get to a worker that is busy")
    func manyBigArguments() throws {
        let arrays = (0..<600).map { [Double](repeating: Double($0), count: 20_000) }
        let parallel = Parallel(jobs: 2, backend: .processes, batchSize: 5, sharedMemoryThreshold: "64K")
        let firsts = try parallel.map(arrays) { array in
            if array[0] == 3 { usleep(50_000) }
            return array[19_999]
        }
        #expect(firsts == (0..<600).map(Double.init))
    }

    @Test("Workers let go of arguments that other workers have taken over")
    func takenBack() throws {
        let parallel = Parallel(jobs: 2, backend: .processes, batchSize: 1, sharedMemoryThreshold: "64K")
        try parallel.withPool { pool in
            for round in 0..<30 {
                let arrays = (0..<6).map { [Int](repeating: $0 * 100 + round, count: 10_000) }
                // One worker is busy with the first: the other takes over what waits behind it.
                let firsts = try pool.map(arrays) { array in
                    if array[0] < 100 { usleep(3_000) }
                    return array[9_999]
                }
                #expect(firsts == arrays.map { $0[0] })
            }
            let open = try pool.map(0..<20) { _ in
                usleep(1_000)
                return try FileManager.default.contentsOfDirectory(atPath: "/dev/fd").count
            }
            // Some belong to every worker; each array that was kept would be one more.
            #expect(open.allSatisfy { $0 < 40 }, "\(open)")
        }
    }

    @Test("Results that the program does not read, or cannot read, do not stay", arguments: [false, true])
    func unreadArrays(_ isReadable: Bool) throws {
        let parallel = Parallel(jobs: 1, backend: .processes, batchSize: 1, sharedMemoryThreshold: "64K")
        try parallel.withPool { pool in
            let before = try FileManager.default.contentsOfDirectory(atPath: "/dev/fd").count
            // More than the socket holds.
            let results = try pool.mapResults(0..<400, sharing: isReadable) { number, isReadable in
                PartlyRead(number: number, isReadable: isReadable)
            }
            #expect(results.allSatisfy { isReadable == ($0.failure == nil) })
            // Others run in this process meanwhile, and open files.
            let after = try FileManager.default.contentsOfDirectory(atPath: "/dev/fd").count
            #expect(after < before + 200)
        }
    }

    @Test("The input of a call may make calls in the same pool", arguments: [1, 2] as [JobCount])
    func callsFromInput(_ jobs: JobCount) throws {
        try Parallel(jobs: jobs, backend: .processes, batchSize: 1).withPool { pool in
            let inputs = (0..<20).lazy.map { number in
                // An error would show below.
                ((try? pool.map(0..<2) { $0 + 1 }) ?? []).reduce(number, +)
            }
            let doubled = try pool.map(inputs) { $0 * 2 }
            #expect(doubled == (0..<20).map { ($0 + 3) * 2 })
        }
    }

    @Test("A shared value that ends each worker which takes it in ends the call", arguments: [false, true])
    func deadlySharedValue(_ isAsynchronous: Bool) async throws {
        let parallel = Parallel(jobs: 2, backend: .processes)
        let deadly = DeadlyToWorkers(process: CurrentProcess.identifier)
        let error = try await #require(throws: JoblibError.self) {
            if isAsynchronous {
                _ = try await parallel.map(0..<8, sharing: deadly) { number, _ in
                    await Task.yield()
                    return number
                }
            } else {
                _ = try Self.map(parallel, deadly)
            }
        }
        #expect(error.code == .workerFailed)
        #expect(error.message.contains("took in what all tasks share"))
        // Those that come after it find workers.
        #expect(try Self.map(parallel, nil) == Array(0..<8))
    }

    /// Not in an asynchronous function, which would choose the asynchronous form.
    private static func map(_ parallel: Parallel, _ shared: DeadlyToWorkers?) throws -> [Int] {
        guard let shared else { return try parallel.map(0..<8) { $0 } }
        return try parallel.map(0..<8, sharing: shared) { number, _ in number }
    }

    @Test("A shared value that a worker cannot take in is an error", arguments: [1, 2] as [JobCount])
    func unreadableSharedValue(_ jobs: JobCount) throws {
        let error = try refusal {
            try Parallel(jobs: jobs, backend: .processes).map(0..<8, sharing: UnreadableByWorkers()) { number, _ in
                number
            }
        }
        #expect(error.code == .workerFailed)
        #expect(error.message.contains("not today"))
    }
}
