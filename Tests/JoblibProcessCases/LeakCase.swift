import Foundation
import Joblib
import JoblibSystem
import Synchronization

/// Makes calls again and again, and tells what has grown: `leaks <what> <rounds>`.
enum LeakCase {
    /// Never let go of: these are the leaks that prove that leaks are found.
    private static let kept = Mutex<[any Sendable]>([])

    private static let harmlessProgram =
        FileManager.default.isExecutableFile(atPath: "/usr/bin/true") ? "/usr/bin/true" : "/bin/true"

    static func run(_ what: String, rounds: Int) throws {
        let parallel = Parallel(jobs: 2, backend: .processes, batchSize: 1, sharedMemoryThreshold: "64K")
        // What is made once and kept is made before the first count.
        for number in 0..<warmUps(what) { try round(what, number, parallel) }
        let before = try settled(parallel)
        for number in 0..<rounds { try round(what, number, parallel) }
        // What ends in its own time is given that time.
        let deadline = MonotonicClock.now + 20_000_000_000
        var growth = try settled(parallel).growth(since: before)
        while growth != "nothing", MonotonicClock.now < deadline {
            usleep(10_000)
            growth = try Census().growth(since: before)
        }
        print(growth)
    }

    /// What there is while all workers live: a task that failed may have ended one of them, or none.
    private static func settled(_ parallel: Parallel) throws -> Census {
        _ = try parallel.map(0..<8) { $0 }
        return try Census()
    }

    private static func warmUps(_ what: String) -> Int { what.hasPrefix("leaking") ? 1 : 20 }

    private static func round(_ what: String, _ number: Int, _ parallel: Parallel) throws {
        let array = [Double](repeating: Double(number), count: 20_000)
        switch what {
        case "calls":
            let sums = try parallel.map(0..<4, sharing: array) { $1[0] + Double($0) }
            guard sums[3] == Double(number + 3) else { throw PlainMishap(number: number) }
            _ = try parallel.map([array, array]) { $0 }
        case "pools":
            try parallel.withPool { pool in _ = try pool.map([array]) { $0 + $0 } }
        case "crashes":
            let results = try parallel.mapResults(0..<4, sharing: array) { number, array in
                if number == 2 { kill(getpid(), SIGKILL) }
                return array
            }
            guard case .failure = results[2] else { throw PlainMishap(number: number) }
        case "failures":
            guard (try? parallel.map([array, array]) { _ -> [Double] in throw Mishap(number: 1) }) == nil else {
                throw PlainMishap(number: number)
            }
        case "leakingMemory":
            let memory = try SharedMemory.create(byteCount: 4096).map(.readOnly)
            kept.withLock { $0.append(memory) }
        case "leakingChildren":
            let child = try ChildProcess.spawn(SpawnRequest(executable: harmlessProgram))
            kept.withLock { $0.append(child) }
        case "leakingBytes":
            kept.withLock { $0.append(array) }
        default: throw PlainMishap(number: 64)
        }
    }
}

/// What a process has at a moment.
struct Census {
    let descriptors: Int
    let children: Int
    let mappings: Int
    let sharedFiles: Int
    let bytes: Int

    init() throws {
        RetiredArrays.sweep()
        descriptors = CurrentProcess.openDescriptors.count
        let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")
        children = threads.reduce(0) { count, thread in
            let text = (try? FileInput.readText("/proc/self/task/\(thread)/children")) ?? ""
            return count + text.split(separator: " ").count
        }
        mappings = try FileInput.readText("/proc/self/maps", maximumBytes: 1 << 24).utf8.count { $0 == 10 }
        sharedFiles =
            (try? FileManager.default.contentsOfDirectory(atPath: "/dev/shm").count { $0.contains("joblib") }) ?? 0
        bytes = CurrentProcess.residentByteCount
    }

    /// Mappings and bytes come and go with the allocator: some are no leak.
    func growth(since other: Census) -> String {
        let grown = [
            ("descriptors", before: other.descriptors, after: descriptors, allowed: 0),
            ("children", other.children, children, 0),
            ("mappings", other.mappings, mappings, 60),
            ("files", other.sharedFiles, sharedFiles, 0),
            ("bytes", other.bytes, bytes, 24 << 20),
        ].filter { $0.after > $0.before + $0.allowed }
        guard !grown.isEmpty else { return "nothing" }
        return grown.map { "\($0.0) from \($0.before) to \($0.after)" }.joined(separator: ", ")
    }
}
