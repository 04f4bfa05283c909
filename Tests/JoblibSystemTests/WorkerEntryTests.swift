import Foundation
import Testing

@testable import JoblibSystem

@Suite("Becoming a worker")
struct WorkerEntryTests {
    @Test("A worker answers through its socket, and ends when that closes")
    func echo() throws {
        let (child, socket) = try CaseProgram.worker("echo")
        #expect(try socket.receive().frame?.bytes == [])
        for count in [0, 1, 100, 700_000] {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let sender = Thread { try? socket.send(bytes) }
            sender.start()
            #expect(try socket.receive().frame?.bytes == bytes)
        }
        let memory = try SharedMemory.create(byteCount: 10)
        try socket.send([9], descriptors: [memory.descriptor.number])
        let answer = try #require(try socket.receive().frame)
        // Darwin tells whole pages.
        #expect((10...SharedMemory.pageSize).contains(try SharedMemory(adopting: answer.descriptors[0]).byteCount))
        socket.shutDown()
        #expect(try child.wait() == .exited(0))
        #expect(try socket.receive().isEnded)
    }

    @Test("The variable is gone in the worker, which has its socket and nothing else")
    func erasedVariable() throws {
        let (child, socket) = try CaseProgram.worker("describe")
        let text = try #require(try socket.receive().frame.map { String(decoding: $0.bytes, as: UTF8.self) })
        #if canImport(Darwin)
        // The last one tells of the parent's end.
        #expect(text == "none|0 1 2 3 4|1")
        #else
        #expect(text == "none|0 1 2 3|1")
        #endif
        #expect(try child.wait() == .exited(0))
    }

    @Test("A trap in a worker is the end of its socket and a signal")
    func trap() throws {
        let (child, socket) = try CaseProgram.worker("trap")
        #expect(try socket.receive().isEnded)
        guard case .signalled = try child.wait() else {
            Issue.record("the worker did not trap")
            return
        }
    }

    @Test(
        "Without the variable main runs; with a wrong one neither main nor a worker does",
        arguments: [
            "", "x", "3", "3:", ":1", "-1:1", "3:1", "99:1", "3:1:1", "99999999999999999999:1", "0:1",
        ]
    )
    func wrongVariable(_ value: String) throws {
        #expect(try CaseProgram.run(["exit", "5"]).status == .exited(5))
        let run = try CaseProgram.run(["exit", "5"], environment: [WorkerEntry.variable: value])
        #expect(run.status == .exited(WorkerEntry.refusalCode))
    }

    @Test("A worker whose parent is not the one it was made for refuses")
    func wrongParent() throws {
        let (_, its) = try FrameSocket.pair()
        let run = try CaseProgram.run(
            ["exit", "5"],
            environment: [WorkerEntry.variable: "3:1"],
            inheriting: [.init(its.descriptor.number, as: 3)]
        )
        #expect(run.status == .exited(WorkerEntry.refusalCode))
    }

    @Test(
        "A worker that is told nothing ends with its socket: this program, which is all tests, started again",
        .enabled(if: WorkerEntry.isInProgram, "tests are no program of their own here")
    )
    func silentParent() throws {
        let (ours, its) = try FrameSocket.pair()
        let request = try #require(SpawnRequest.worker(socket: its.descriptor.number))
        let child = try ChildProcess.spawn(request)
        ours.shutDown()
        #expect(try child.wait() == .exited(0))
    }

    #if os(Linux)
    @Test("A worker that computes ends with its parent, however the parent ends")
    func orphan() throws {
        let (child, _, output) = try CaseProgram.start(["orphan"])
        let line = output.fileHandleForReading.availableData
        let worker = try #require(Int32(String(decoding: line, as: UTF8.self).dropLast()))
        let descriptor = try ProcessEnding.descriptor(of: worker)
        #expect(descriptor.number >= 0)
        child.send(.kill)
        _ = try child.wait()
        // Half a minute is for a machine that is busy; the kernel takes microseconds.
        #expect(try Poll.wait(for: descriptor.number, until: MonotonicClock.now + 30_000_000_000))
    }
    #endif

    #if os(Linux)
    @Test(
        "Nothing leaks in 500 rounds",
        arguments: [
            "children", "dropped", "failures", "sockets", "memory",
        ]
    )
    func noLeaks(_ what: String) throws {
        let run = try CaseProgram.run(["leaks", what])
        #expect(run.status == .exited(0))
        // The allocator may map a little for itself.
        #expect(Self.growth(run.output).allSatisfy { $0 < 10 }, "\(run.output)")
    }

    @Test("Leaks are found where there are some", arguments: [("descriptor", 0), ("mapping", 1), ("zombie", 2)])
    func leaks(_ what: String, _ position: Int) throws {
        let run = try CaseProgram.run(["leaks", what])
        #expect(Self.growth(run.output)[position] >= 500, "\(run.output)")
    }

    /// The numbers of "descriptors 0, mappings 0, children 0"; large ones for anything else.
    private static func growth(_ output: String) -> [Int] {
        let numbers = output.split { !$0.isNumber }.compactMap { Int($0) }
        return numbers.count == 3 ? numbers : [.max, .max, .max]
    }
    #endif
}
