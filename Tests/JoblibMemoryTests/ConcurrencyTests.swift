import Foundation
import JoblibParallel
import JoblibSystem
import Testing

@testable import JoblibMemory

@Suite("Calls at the same time")
struct ConcurrencyTests {
    let directory: TemporaryDirectory
    let calls = Counter()

    init() throws { directory = try TemporaryDirectory() }

    func memory(recentLimit: ByteCount = "16M") throws -> Memory {
        try Memory(location: directory.path, verbose: 0, recentLimit: recentLimit)
    }

    @Test("Tasks that ask for the same result compute it once", arguments: [0, 1 << 20])
    func singleFlight(recentLimit: Int) throws {
        let memory = try memory(recentLimit: ByteCount(recentLimit))
        let begun = Counter()
        let slow = memory.cached(
            { [calls] (a: Int) in
                // All others have asked, or are about to.
                _ = eventually { begun.count == 16 }
                return calls.add(a)
            },
            as: "slow"
        )
        let results = try Parallel(jobs: 16).map(Array(repeating: 5, count: 16)) { number in
            _ = begun.add(0)
            return try slow(number)
        }
        #expect(results == Array(repeating: 5, count: 16))
        #expect(calls.count == 1)
        #expect(memory.statistics.hits == 15 && memory.statistics.misses == 1)
    }

    @Test("Many tasks, few results: each is computed once")
    func many() throws {
        let memory = try memory(recentLimit: 0)
        let square = memory.cached({ [calls] (a: Int) in calls.add(a * a) }, as: "square")
        let results = try Parallel(jobs: 8).map(0..<2000) { try square($0 % 50) }
        #expect(results == (0..<2000).map { ($0 % 50) * ($0 % 50) })
        #expect(calls.count == 50)
    }

    @Test("When the call that others wait for fails, each of them tries itself")
    func failingLeader() throws {
        let memory = try memory()
        let begun = Counter()
        let fail = memory.cached(
            { [calls] (_: Int) throws -> Int in
                _ = eventually { begun.count == 4 }
                throw calls.add(Failure())
            },
            as: "fail"
        )
        let results = try Parallel(jobs: 4).mapResults(Array(repeating: 1, count: 4)) { number in
            _ = begun.add(0)
            return try fail(number)
        }
        #expect(results.allSatisfy { (try? $0.get()) == nil })
        #expect(calls.count == 4)
    }

    @Test("A function that asks for its own result does not wait for itself")
    func recursion() throws {
        let memory = try memory()
        let holder = Holder()
        let fibonacci = memory.cached(
            { [calls] (n: Int) throws -> Int in
                guard let again = holder.function, n > 1 else { return calls.add(n) }
                return calls.add(try again(n - 1) + again(n - 2))
            },
            as: "fibonacci"
        )
        holder.set(fibonacci)
        #expect(try fibonacci(30) == 832_040)
        #expect(calls.count == 31)
        let depth = Counter()
        let itself = memory.cached(
            { (n: Int) throws -> Int in
                guard let again = holder.other, depth.count < 3 else { return depth.count }
                _ = depth.add(0)
                return try again(n)
            },
            as: "itself"
        )
        holder.setOther(itself)
        #expect(try itself(1) == 3)
    }

    @Test("An async function is computed once, and who waits suspends")
    func asynchronous() async throws {
        let memory = try memory(recentLimit: 0)
        let slow = memory.cached(
            { [calls] (a: Int) async throws -> [Int] in
                for _ in 0..<100 { await Task.yield() }
                return calls.add([a])
            },
            as: "slow"
        )
        try await withThrowingTaskGroup(of: [Int].self) { group in
            for number in 0..<400 { group.addTask { try await slow(number % 4) } }
            for try await result in group { #expect(result.count == 1) }
        }
        #expect(calls.count == 4)
        #expect(slow.isCached(1) && !slow.isCached(7))
        #expect(try await slow.callWithInfo(1).info.isHit)
        #expect(try await slow.shelve(1).get() == [1])
        #expect(try await slow.recompute(1) == [1])
        #expect(calls.count == 5)
        try slow.clear()
        #expect(!slow.isCached(1))
        let transparent = try Memory(location: nil).cached({ [calls] (a: Int) async in calls.add(a) }, as: "none")
        #expect(try await transparent(1) == 1)
        #expect(try await transparent.shelve(1).get() == 1)
        #expect(calls.count == 7)
    }

    @Test("A task that is cancelled while it waits ends, and does not disturb the others")
    func cancellation() async throws {
        let gate = AsyncGate()
        let memory = try memory()
        let slow = memory.cached(
            { [calls] (a: Int) async throws -> Int in
                await gate.pass()
                return calls.add(a)
            },
            as: "slow"
        )
        let leader = Task { try await slow(1) }
        while await !gate.isWaitedFor { await Task.yield() }
        let waiters = (0..<3).map { _ in Task { try await slow(1) } }
        for _ in 0..<100 { await Task.yield() }
        waiters[0].cancel()
        await #expect(throws: CancellationError.self) { try await waiters[0].value }
        await gate.open()
        #expect(try await leader.value == 1)
        #expect(try await waiters[1].value == 1)
        #expect(try await waiters[2].value == 1)
        #expect(calls.count == 1)
    }

    @Test("An async call waits for another process without keeping its thread, and can be cancelled")
    func otherProcess() async throws {
        let memory = try memory()
        let f = memory.cached({ [calls] (a: Int) async in calls.add(a) }, as: "f")
        // A lock of another owner, as another process would hold it.
        var bytes = ArgumentBytes(function: "f", version: "1")
        try bytes.append(1, at: 0)
        let key = CacheKey(directory: "f", contents: bytes.digest)
        let other = try FileStore(location: directory.path)
        let claim = try #require(try other.claim(key, wait: false))
        let waiting = Task { try await f(1) }
        let cancelled = Task { try await f(1) }
        for _ in 0..<100 { await Task.yield() }
        cancelled.cancel()
        // It may lead, or wait for the one that does: cancelled it ends either way, and the other one goes on.
        _ = await cancelled.result
        #expect(calls.count == 0)
        claim.end()
        #expect(try await waiting.value == 1)
        #expect(calls.count == 1)
    }

    @Test("Sixteen processes on one cache, some of them killed: no wrong value, nothing computed twice without need")
    func crowd() throws {
        let calls = directory.path + "/calls"
        var seed = 0
        func start() throws -> ChildProcess {
            seed += 1
            var request = SpawnRequest(
                executable: CaseProgram.path,
                arguments: ["crowd", directory.path + "/cache", calls, "\(seed)"]
            )
            request.standardError = .null
            return try ChildProcess.spawn(request)
        }
        var children = try (0..<16).map { _ in try start() }
        var killed: Set<String> = []
        // Each time after another moment of the work, as the file of calls shows it.
        for round in 1...10 {
            #expect(eventually { Self.lines(calls).count >= 8 * round })
            let victim = children.remove(at: round % children.count)
            killed.insert("\(victim.identifier)")
            victim.send(.kill)
            _ = try victim.wait()
            children.append(try start())
        }
        for child in children {
            let status = try child.wait()
            #expect("\(status)" == "\(ProcessStatus.exited(0))")
        }
        var done = 0
        var finished: [Substring: Int] = [:]
        var owners: [Substring: Substring] = [:]
        for line in Self.lines(calls) {
            let words = line.split(separator: " ")
            try #require(words.count == 3)
            switch words[0] {
            case "begin":
                // Who computes now is alone, or the one before was killed.
                if let owner = owners[words[1]] { #expect(killed.contains(String(owner)), "\(line)") }
                owners[words[1]] = words[2]
            case "end":
                owners[words[1]] = nil
                // Computed, but perhaps killed before it was stored.
                if !killed.contains(String(words[2])) { finished[words[1], default: 0] += 1 }
            case "done": done += 1
            default: Issue.record("\(line)")
            }
        }
        #expect(done >= 16)
        #expect(finished.values.allSatisfy { $0 == 1 })
        let memory = try Memory(location: directory.path + "/cache", verbose: 0)
        #expect(memory.entries().count == 40 && memory.entries().allSatisfy { $0.metadata != nil })
    }

    private static func lines(_ path: String) -> [Substring] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [] }
        return text.split(separator: "\n")
    }
}

/// Holds functions that call themselves.
private final class Holder: Sendable {
    private let first = Lock<CachedFunction<Int, Int>?>(nil)
    private let second = Lock<CachedFunction<Int, Int>?>(nil)
    var function: CachedFunction<Int, Int>? { first.withLock { $0 } }
    var other: CachedFunction<Int, Int>? { second.withLock { $0 } }
    func set(_ function: CachedFunction<Int, Int>) { first.withLock { $0 = function } }
    func setOther(_ function: CachedFunction<Int, Int>) { second.withLock { $0 = function } }
}

private actor AsyncGate {
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var isOpen = false
    var isWaitedFor: Bool { !waiting.isEmpty }

    func pass() async {
        if isOpen { return }
        await withCheckedContinuation { waiting.append($0) }
    }

    func open() {
        isOpen = true
        for waiter in waiting { waiter.resume() }
        waiting = []
    }
}

/// The program of Tests/JoblibMemoryCases, which lies beside the tests' own.
enum CaseProgram {
    static let path: String = {
        #if os(macOS)
        let products = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
        #else
        let products = CurrentProcess.executablePath.map { URL(fileURLWithPath: $0) }
        #endif
        return products?.deletingLastPathComponent().appendingPathComponent("JoblibMemoryCases").path
            ?? "JoblibMemoryCases"
    }()
}
