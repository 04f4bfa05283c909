import JoblibSystem
import Synchronization

/// Does something many times and tells what has grown: descriptors, mappings, children.
///
/// A process of its own, so that no other test's descriptors are counted.
enum Leaks {
    static func run(_ what: String, rounds: Int) throws {
        var children: [Int32] = []
        _ = try ServiceThread.shared()
        // What is made once and kept (the service thread and its pipe) is made before the first count.
        for _ in 0..<3 { children += try round(what) }
        let before = try count(children)
        for _ in 0..<rounds { children += try round(what) }
        let after = try settled(children, before)
        let growth = zip(after, before).map { $0 - $1 }
        Output.write("descriptors \(growth[0]), mappings \(growth[1]), children \(growth[2])")
    }

    /// What a dropped child leaves is taken away by another thread: that thread is given the time, bounded by a count.
    private static func settled(_ children: [Int32], _ before: [Int]) throws -> [Int] {
        let thread = try ServiceThread.shared()
        var after = try count(children)
        for _ in 0..<2000 where zip(after, before).contains(where: { $0 > $1 }) {
            thread.perform {}
            after = try count(children)
        }
        return after
    }

    private static func round(_ what: String) throws -> [Int32] {
        switch what {
        case "descriptor":
            keep(try FrameSocket.pair())
        case "mapping":
            keep(try SharedMemory.create(byteCount: 4096).map(.readOnly))
        case "zombie":
            let child = try start()
            _ = try Poll.wait(for: child.ending.number)
            keep(child)
            return [child.identifier]
        case "children":
            let child = try start()
            guard try child.wait() == .exited(0) else { Output.exit(1) }
            return [child.identifier]
        case "dropped":
            return [try start().identifier]
        case "failures":
            guard (try? ChildProcess.spawn(SpawnRequest(executable: "/no/such/file"))) == nil else { Output.exit(1) }
        case "sockets":
            try sendDescriptors()
        case "memory":
            try useMemory()
        default:
            Output.exit(64)
        }
        return []
    }

    /// Never let go of: these are the leaks that prove that leaks are found.
    private static let kept = Mutex<[any Sendable]>([])

    private static func keep(_ value: some Sendable) { kept.withLock { $0.append(value) } }

    private static let harmlessProgram =
        ByteFile.isExecutable(Array("/usr/bin/true".utf8)) ? "/usr/bin/true" : "/bin/true"

    private static func start() throws -> ChildProcess {
        try ChildProcess.spawn(SpawnRequest(executable: harmlessProgram))
    }

    private static func sendDescriptors() throws {
        let (first, second) = try FrameSocket.pair()
        try first.send([1, 2, 3], descriptors: [0, 1, 2])
        guard case .frame = try second.receive() else { Output.exit(1) }
        // One that nobody receives.
        try first.send([1, 2, 3], descriptors: [0, 1, 2])
    }

    private static func useMemory() throws {
        let channel = try FrameChannel.create(capacity: 4096)
        let other = try FrameChannel(opening: try SharedMemory(adopting: channel.memory.descriptor))
        channel.end(with: try ServiceThread.shared(), when: channel.memory.descriptor, .ended)
        try channel.writer.send([1])
        _ = try other.reader.receive()
        let memory = try SharedMemory.create(byteCount: 3 << 20)
        var array = try MappedArray<Double>(memory, count: 100_000).array
        array[0] = 1
        let kept = try MappedArray<Double>(memory, count: 100_000).array
        _ = kept
    }

    private static func count(_ children: [Int32]) throws -> [Int] {
        // What was still read when it was let go of.
        RetiredArrays.sweep()
        let maps = try FileInput.readText("/proc/self/maps", maximumBytes: 1 << 24)
        let zombies = children.count { (try? FileInput.readText("/proc/\($0)/stat")) != nil }
        return [CurrentProcess.openDescriptors.count, maps.utf8.count { $0 == UInt8(ascii: "\n") }, zombies]
    }
}
