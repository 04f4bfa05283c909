import Foundation
import Testing

@testable import JoblibSystem

#if os(Linux)
@Suite("Where a worker died or hangs")
struct CrashReporterTests {
    /// Time for a machine that is busy; nothing takes a hundredth of it.
    private static let patience: UInt64 = 60_000_000_000

    private func crash(_ what: String) throws -> (record: CrashRecord, frames: [RawFrame], status: ProcessStatus) {
        let area = try CrashArea()
        let (child, socket) = try CaseProgram.worker("crash \(what)", descriptors: [area.memory.descriptor.number])
        _ = try socket.receive()
        let status = try #require(try child.wait(until: MonotonicClock.now + Self.patience))
        let record = try #require(area.crash)
        return (record, FrameSelection.visible(Symbolizer.frames(of: record.stack), .stopped), status)
    }

    @Test(
        "A crash is reported with its signal and with the line that crashed",
        arguments: [
            ("trap", "subscripting", [SIGILL, SIGTRAP]), ("fatal", "failing", [SIGILL, SIGTRAP]),
            ("nil", "unwrapping", [SIGILL, SIGTRAP]), ("null", "reading", [SIGSEGV]), ("c", "measuring", [SIGSEGV]),
            ("abort", "aborting", [SIGABRT]), ("overflow", "recursing", [SIGSEGV]),
        ]
    )
    func crashes(what: String, function: String, signals: [Int32]) throws {
        let (record, frames, status) = try crash(what)
        #expect(signals.contains(record.signal))
        #expect(record.isStackOverflow == (what == "overflow"))
        guard case .signalled(record.signal, _) = status else {
            Issue.record("ended with \(status)")
            return
        }
        // Above the function that crashed there may be the one of a library that it called.
        let isCrashing = { (frame: RawFrame) in frame.function.hasSuffix("Crashes.\(function)") }
        let place = try #require(frames.prefix(2).firstIndex(where: isCrashing), "\(frames)")
        #expect(frames[place].fileName == "Crashes.swift")
        let line = try FailureSource.line(what, in: "Crashes.swift")
        // A stack overflows where a function begins, before its first line.
        let caller = what == "overflow" ? frames[place + 1] : frames[place]
        #expect(caller.isAt(line), "\(caller)")
        #expect(frames.contains { $0.function.hasSuffix("Crashes.calling") })
        #expect(frames.last?.kind == .user)
        let end = try #require(frames.last)
        #expect(end.function.contains("Worker.die"), "\(frames)")
    }

    @Test("The address that could not be used is known")
    func faultAddress() throws {
        let record = try crash("null").record
        #expect(record.faultAddress == 16)
    }

    @Test("Of a stack overflow the innermost and the outermost frames are kept")
    func overflow() throws {
        let (record, frames, _) = try crash("overflow")
        #expect(record.stack.omitted > 1000, "\(frames.map(\.function))")
        #expect(frames.count < 200)
        #expect(frames.contains { $0.omittedAfter == record.stack.omitted })
    }

    @Test(
        "A task that hangs tells where, computing or waiting",
        arguments: [("hang", "hanging"), ("sleep", "sleeping")]
    )
    func hang(what: String, function: String) throws {
        let area = try CrashArea()
        let (child, socket) = try CaseProgram.worker("crash \(what)", descriptors: [area.memory.descriptor.number])
        _ = try socket.receive()
        // The task begins after its message; asked again until it has come to its place.
        let end = MonotonicClock.now + Self.patience
        var frames: [RawFrame] = []
        while MonotonicClock.now < end, !frames.contains(where: { $0.function.hasSuffix("Crashes.\(function)") }) {
            guard let stack = area.requestStack(from: child, until: end) else { continue }
            frames = FrameSelection.visible(Symbolizer.frames(of: stack), .stopped)
        }
        let frame = try #require(frames.first { $0.function.hasSuffix("Crashes.\(function)") }, "\(frames)")
        let line = try FailureSource.line(what, in: "Crashes.swift")
        #expect(frame.isAt(line), "\(frame)")
        #expect(area.crash == nil)
        child.send(.kill)
        #expect(try child.wait() == .signalled(SIGKILL, coreDumped: false))
        #expect(area.requestStack(from: child, until: end) == nil)
    }

    @Test("A worker that is stopped, or was never ready, does not answer")
    func noAnswer() throws {
        let area = try CrashArea()
        let (child, socket) = try CaseProgram.worker("compute")
        _ = try socket.receive()
        #expect(area.requestStack(from: child, until: .max) == nil)
        #expect(area.crash == nil)
        child.send(.kill)
        let (other, itsSocket) = try CaseProgram.worker("crash hang", descriptors: [area.memory.descriptor.number])
        _ = try itsSocket.receive()
        other.send(.stop)
        #expect(area.requestStack(from: other, until: MonotonicClock.now + 10_000_000) == nil)
        other.send(.kill)
        _ = try (child.wait(), other.wait())
    }

    @Test("Whatever a worker wrote over its record, reading it does no harm")
    func scribbled() throws {
        let area = try CrashArea()
        let mapping = try area.memory.map(.readWrite)
        var random = SeededNumbers(state: 5)
        for _ in 0..<300 {
            unsafe mapping.withMutableBytes { bytes in
                for offset in stride(from: 0, to: min(bytes.count, 4096), by: 8) {
                    let values: [UInt64] = [0, 1, 2, .max, 1 << 63, random.next(), random.next() % 100]
                    let value = values[Int(random.next() % 7)]
                    // Safe: a word within the mapping.
                    unsafe bytes.storeBytes(of: value, toByteOffset: offset, as: UInt64.self)
                }
            }
            if let record = area.crash { #expect(Symbolizer.frames(of: record.stack).count <= 80) }
        }
    }

    @Test("Memory that is too small is refused")
    func smallMemory() throws {
        let memory = try SharedMemory.create(byteCount: 100)
        #expect(throws: SystemError.self) { try CrashReporter.install(memory) }
    }
}
#endif

/// Numbers that are the same in every run.
struct SeededNumbers {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}
