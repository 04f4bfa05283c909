import Foundation
import Testing

@testable import JoblibSystem

@Suite("Children")
struct ChildProcessTests {
    @Test("A child's exit code arrives, and is told as often as it is asked for")
    func exitCode() throws {
        let (child, _, _) = try CaseProgram.start(["exit", "7"])
        #expect(try child.wait() == .exited(7))
        #expect(try child.wait() == .exited(7))
        #expect(child.exitStatus == .exited(7))
        #expect(!child.send(.kill))
    }

    @Test("A Swift trap is a signal, and a kill is one, too")
    func signals() throws {
        let trap = try CaseProgram.run(["trap"])
        guard case .signalled(let signal, _) = trap.status else {
            Issue.record("\(trap.status)")
            return
        }
        #expect([SIGILL, SIGTRAP].contains(signal))
        let (child, _, _) = try CaseProgram.start(["wait"])
        #expect(child.exitStatus == nil)
        #expect(child.send(.kill))
        #expect(try child.wait() == .signalled(SIGKILL, coreDumped: false))
    }

    @Test("Waiting ends at the deadline while the child runs on")
    func deadline() throws {
        let (child, input, _) = try CaseProgram.start(["wait"])
        #expect(try child.wait(until: 0) == nil)
        #expect(try child.wait(until: MonotonicClock.now + 1_000_000) == nil)
        try input.fileHandleForReading.close()
        try input.fileHandleForWriting.close()
        #expect(try child.wait() == .exited(0))
    }

    @Test("Waiting for several children tells which have ended, and a wake-up ends it")
    func several() throws {
        let waiting = try CaseProgram.start(["wait"])
        let ending = try CaseProgram.start(["exit", "1"])
        #expect(try ChildProcess.waitForAny(of: [waiting.child, ending.child]) == [1])
        let wakeUp = try WakeUp()
        wakeUp.signal()
        #expect(try ChildProcess.waitForAny(of: [waiting.child], or: wakeUp).isEmpty)
        wakeUp.clear()
        #expect(try ChildProcess.waitForAny(of: [waiting.child], or: wakeUp, until: 0).isEmpty)
        waiting.child.send(.kill)
        #expect(try ChildProcess.waitForAny(of: [waiting.child], or: wakeUp) == [0])
    }

    @Test("Arguments and variables arrive as they are")
    func texts() throws {
        let arguments = ["arguments", "", "a b", "größer", "\"'\\"]
        #expect(try CaseProgram.run(arguments).output == arguments.dropFirst().joined(separator: "|"))
        let environment = ["NAME": "a=b c"]
        #expect(try CaseProgram.run(["variable", "NAME"], environment: environment).output == "a=b c")
        #expect(try CaseProgram.run(["variable", "PATH"], environment: environment).output == "none")
    }

    @Test("A child gets the descriptors it is given and no others, whatever is open here")
    func descriptors() throws {
        // Open without close-on-exec, as a careless library would.
        let careless = (0..<5).map { _ in dup(1) }
        defer { for descriptor in careless { close(descriptor) } }
        let plain = try CaseProgram.run(["descriptors"]).output
        #expect(plain == "0 1 2")
        let given = try CaseProgram.run(
            ["descriptors"],
            inheriting: [.init(careless[0], as: 9), .init(careless[1], as: 5)]
        )
        #expect(given.output == "0 1 2 5 9")
    }

    @Test("Descriptors may trade their numbers")
    func exchangedNumbers() throws {
        let (first, second) = try FrameSocket.pair()
        let numbers = [first.descriptor.number, second.descriptor.number]
        guard numbers.allSatisfy({ 3...255 ~= $0 }) else { return }
        let exchanged = try CaseProgram.run(
            ["descriptors"],
            inheriting: [.init(numbers[0], as: numbers[1]), .init(numbers[1], as: numbers[0])]
        )
        #expect(exchanged.output == "0 1 2 " + numbers.sorted().map(String.init).joined(separator: " "))
    }

    #if os(Linux)
    @Test("A child starts with no blocked and no ignored signals")
    func signalState() throws {
        signal(SIGUSR2, SIG_IGN)
        defer { signal(SIGUSR2, SIG_DFL) }
        let status = try CaseProgram.run(["status"]).output
        let zero = String(repeating: "0", count: 16)
        #expect(status.contains("SigBlk:\t\(zero)"))
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("SigIgn:") })
        let ignored = try #require(UInt64(line.dropFirst("SigIgn:\t".count), radix: 16))
        #expect(ignored & 1 << (SIGUSR2 - 1) == 0)
    }
    #endif

    @Test("What cannot be started is an error that names it")
    func failures() throws {
        func code(_ request: SpawnRequest) -> Int32? {
            #expect(throws: SystemError.self) { try ChildProcess.spawn(request) }?.code
        }
        #expect(code(SpawnRequest(executable: "/no/such/file")) == ENOENT)
        #expect(code(SpawnRequest(executable: "/")) == EACCES)
        #expect(code(SpawnRequest(executable: CaseProgram.path, arguments: ["a\0b"])) == EINVAL)
        #expect(code(SpawnRequest(executable: CaseProgram.path, environment: ["A=B": "c"])) == EINVAL)
        #expect(code(SpawnRequest(executable: CaseProgram.path, inheriting: [.init(9999, as: 3)])) == EBADF)
        #expect(code(SpawnRequest(executable: CaseProgram.path, inheriting: [.init(1, as: 2)])) == EBADF)
        #expect(code(SpawnRequest(executable: CaseProgram.path, inheriting: [.init(1, as: 1 << 20)])) == EBADF)
        let twice = [SpawnRequest.Inherited(1, as: 3), .init(1, as: 3)]
        #expect(code(SpawnRequest(executable: CaseProgram.path, inheriting: twice)) == EINVAL)
        let error = #expect(throws: SystemError.self) {
            try ChildProcess.spawn(SpawnRequest(executable: "/no/such/file"))
        }
        #expect(error?.description == "cannot start \"/no/such/file\": No such file or directory (errno 2)")
    }

    @Test("Interruptions are not noticed, and lack of descriptors or processes is an error")
    func injectedFaults() throws {
        let request = SpawnRequest(executable: CaseProgram.path, arguments: ["exit", "4"])
        let interruptions: [Fault] = [
            Fault(.duplicate, fails: EINTR, times: 3), Fault(.spawn, fails: EINTR, times: 2),
            Fault(.wait, fails: EINTR, times: 2), Fault(.poll, fails: EINTR, times: 2), Fault(.open, fails: EINTR),
        ]
        let run = try Faults.with(interruptions) {
            let child = try CaseProgram.start(["wait"]).child
            #expect(try child.wait(until: MonotonicClock.now + 1000) == nil)
            child.send(.kill)
            return try child.wait()
        }
        #expect(run.result == .signalled(SIGKILL, coreDumped: false))
        #expect(run.unused == 0)
        for fault in [
            Fault(.duplicate, fails: EMFILE), Fault(.spawn, fails: EAGAIN), Fault(.watchProcess, fails: EMFILE),
            Fault(.open, fails: EMFILE),
        ] {
            let failed = Faults.with([fault]) { #expect(throws: SystemError.self) { try ChildProcess.spawn(request) } }
            #expect(failed.unused == 0)
        }
    }

    @Test("Where the system has no descriptors of processes, a thread tells that the child has ended")
    func withoutProcessDescriptors() throws {
        let fault = Fault(.watchProcess, fails: ENOSYS)
        let child = try Faults.with([fault]) { try CaseProgram.start(["wait"]).child }.result
        #expect(try child.wait(until: 0) == nil)
        child.send(.kill)
        #expect(try child.wait() == .signalled(SIGKILL, coreDumped: false))
    }

    @Test("A child of which other code has taken the status is told as such")
    func takenStatus() throws {
        let child = try CaseProgram.start(["exit", "1"]).child
        // Safe: without a place for the status, nothing is written.
        let taken = waitpid(child.identifier, nil, 0)
        #expect(taken == child.identifier)
        #expect(try child.wait() == .unknown)
        #expect(!child.send(.kill))
    }
}
