import Foundation
import Testing

@testable import JoblibSystem

@Suite("Locks between processes")
struct FileLockTests {
    private func isFree(_ path: String, _ mode: FileLock.Mode = .exclusive, until deadline: UInt64 = 0) throws -> Bool {
        switch try FileLock.acquire(path, mode, until: deadline) {
        case .some(let lock):
            lock.unlock()
            return true
        case .none:
            return false
        }
    }

    @Test("One holder at a time, several in shared mode")
    func modes() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/lock"
        let exclusive = try FileLock.acquire(path)
        #expect(try !isFree(path))
        #expect(try !isFree(path, .shared))
        switch consume exclusive {
        case .some(let lock): lock.unlock()
        case .none: Issue.record("a new lock was taken already")
        }
        let shared = try FileLock.acquire(path, .shared)
        #expect(try isFree(path, .shared))
        #expect(try !isFree(path))
        _ = consume shared
        #expect(try isFree(path))
    }

    @Test("Freeing a lock frees it while a program that is being started has a copy of its descriptor")
    func copiedDescriptor() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/lock"
        for isExplicit in [true, false] {
            let lock = try FileLock.acquire(path)
            let number = try #require((0..<4096).first { SystemCall.isFile($0, at: path) })
            let copy = FileHandle(fileDescriptor: dup(number), closeOnDealloc: true)
            #expect(try !isFree(path))
            switch consume lock {
            case .some(let lock): if isExplicit { lock.unlock() } else { _ = consume lock }
            case .none: Issue.record("a new lock was taken already")
            }
            #expect(try isFree(path))
            withExtendedLifetime(copy) {}
        }
    }

    @Test("The death of its holder frees a lock")
    func death() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/lock"
        let (child, _, output) = try CaseProgram.start(["lock", path])
        #expect(output.fileHandleForReading.availableData == Data("locked\n".utf8))
        #expect(try !isFree(path))
        #expect(try !isFree(path, until: MonotonicClock.now + 2_000_000))
        child.send(.kill)
        // Waiting without and with a deadline (half a minute is for a machine that is busy).
        #expect(try isFree(path, until: Poll.forever))
        #expect(try isFree(path, until: MonotonicClock.now + 30_000_000_000))
        _ = try child.wait()
    }

    @Test("A lock on a file that was removed while waiting is taken anew")
    func removedFile() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/lock"
        let (child, _, output) = try CaseProgram.start(["lock", path])
        #expect(output.fileHandleForReading.availableData == Data("locked\n".utf8))
        let faults = [Fault(.lock, fails: EAGAIN)]
        let taken = try Faults.with(faults) {
            try FileManager.default.removeItem(atPath: path)
            return try isFree(path)
        }
        // Somebody else's lock on the removed file keeps nobody out of the new one; the first try was made to fail.
        #expect(!taken.result)
        #expect(try isFree(path))
        child.send(.kill)
        _ = try child.wait()
    }

    @Test("Interruptions are not noticed, and failures name the file")
    func failures() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/lock"
        let faults = [Fault(.lock, fails: EINTR, times: 3), Fault(.open, fails: EINTR, times: 2)]
        let run = try Faults.with(faults) { try isFree(path) }
        #expect(run.result)
        #expect(run.unused == 0)
        let none = Faults.with([Fault(.lock, fails: ENOLCK)]) {
            #expect(throws: SystemError.self) { try isFree(path) }
        }
        #expect(none.result?.path == path)
        let missing = #expect(throws: SystemError.self) { try isFree(directory.path + "/missing/lock") }
        #expect(missing?.code == ENOENT)
    }

    @Test("Reading and writing go on after interruptions and short transfers, and a full disk is told")
    func files() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/file"
        let text = String(repeating: "some text ", count: 100)
        let faults = [
            Fault(.write, fails: EINTR, times: 2), Fault(.write, limitedTo: 3, times: 10),
            Fault(.read, fails: EINTR, times: 2), Fault(.read, limitedTo: 7, times: 10, skipping: 1),
        ]
        let run = try Faults.with(faults) {
            try FileOutput.writeAtomically(text, to: path)
            return try FileInput.readText(path)
        }
        #expect(run.result == text)
        #expect(run.unused == 0)
        let full = Faults.with([Fault(.write, fails: ENOSPC)]) {
            #expect(throws: SystemError.self) { try FileOutput.writeAtomically("other", to: path) }
        }
        #expect(full.result?.code == ENOSPC)
        #expect(try FileInput.readText(path) == text)
        #expect(try directory.names == ["file"])
    }
}
