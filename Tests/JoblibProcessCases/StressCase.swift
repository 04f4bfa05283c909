import Foundation
import Joblib
import JoblibSystem
import Synchronization

/// Kills workers at random while calls run: `stress <seconds> <seed>`. Prints how many results were right, and wrong.
enum StressCase {
    static func run(seconds: Double, seed: UInt64) throws {
        let isOver = Atomic(false)
        let kills = Atomic(0)
        let killer = Thread {
            var state = seed
            while !isOver.load(ordering: .relaxed) {
                // An xorshift generator: Marsaglia, Journal of Statistical Software 8 (2003).
                state ^= state << 13
                state ^= state >> 7
                state ^= state << 17
                usleep(UInt32(10_000 + state % 150_000))
                let workers = children()
                guard !workers.isEmpty else { continue }
                if kill(workers[Int(state >> 32) % workers.count], SIGKILL) == 0 {
                    kills.wrappingAdd(1, ordering: .relaxed)
                }
            }
        }
        killer.start()
        let end = MonotonicClock.now + UInt64(seconds * 1e9)
        var (calls, wrong) = (0, 0)
        let parallel = Parallel(jobs: 3, backend: .processes, sharedMemoryThreshold: "64K", retries: .times(1000))
        while MonotonicClock.now < end {
            let array = [Int](repeating: calls, count: 10_000)
            let results: [Result<Int, TaskFailure>]
            do {
                results = try parallel.mapResults(0..<200, sharing: array) { number, array in
                    if number % 10 == 0 { usleep(500) }
                    return number + array[number]
                }
            } catch let error as JoblibError where error.code == .workerFailed {
                // Three in a row were killed before they were ready.
                continue
            }
            for (number, result) in results.enumerated() where (try? result.get()) != number + calls { wrong += 1 }
            if results.count != 200 { wrong += 1 }
            calls += 1
        }
        isOver.store(true, ordering: .relaxed)
        let killed = kills.load(ordering: .relaxed)
        print(
            "wrong \(wrong), \(calls > 0 && killed > 0 ? "after some kills" : "after \(calls) calls and \(killed) kills")"
        )
    }

    private static func children() -> [Int32] {
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
        return threads.flatMap { thread in
            ((try? FileInput.readText("/proc/self/task/\(thread)/children")) ?? "")
                .split(separator: " ").compactMap { Int32($0) }
        }
    }
}
