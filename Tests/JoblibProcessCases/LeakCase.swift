import Foundation
import Joblib
import JoblibSystem
import Synchronization

/// Makes calls again and again, and tells what has grown: `leaks <what> <rounds>`.
enum LeakCase {
    /// Never let go of: these are the leaks that prove that leaks are found.
    private static let kept = Mutex<[any Sendable]>([])

    static func run(_ what: String, rounds: Int) throws {
        let parallel = Parallel(jobs: 2, backend: .processes, batchSize: 1, sharedMemoryThreshold: "64K")
        // What is made once and kept is made before the first count.
        for number in 0..<warmUps(what) { try round(what, number, parallel) }
        let before = try Census()
        for number in 0..<rounds { try round(what, number, parallel) }
        // What ends in its own time is given that time.
        let deadline = MonotonicClock.now + 20_000_000_000
        var after = try Census()
        while after.hasMore(than: before), MonotonicClock.now < deadline {
            usleep(10_000)
            after = try Census()
        }
        print(after.growth(since: before))
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
            let child = try ChildProcess.spawn(SpawnRequest(executable: "/bin/true"))
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

    func hasMore(than other: Census) -> Bool {
        descriptors > other.descriptors || children > other.children || sharedFiles > other.sharedFiles
    }

    /// Mappings and bytes come and go with the allocator: some are no leak.
    func growth(since other: Census) -> String {
        var found: [String] = []
        if descriptors > other.descriptors { found.append("descriptors") }
        if children > other.children { found.append("children") }
        if mappings > other.mappings + 60 { found.append("mappings") }
        if sharedFiles > other.sharedFiles { found.append("files") }
        if bytes > other.bytes + 24 << 20 { found.append("bytes") }
        return found.isEmpty ? "nothing" : found.joined(separator: " ")
    }
}
