import Foundation
import JoblibSystem
import Testing

@testable import JoblibMemory

@Suite("Damaged entries and failing disks")
struct DamageTests {
    let directory: TemporaryDirectory
    let calls = Counter()
    let heard = Heard()

    init() throws { directory = try TemporaryDirectory() }

    func memory() throws -> Memory {
        try Memory(location: directory.path, verbose: 0, recentLimit: 0, output: heard.output)
    }

    @Test("No flipped byte is ever returned: the entry is computed again, with one warning")
    func everyByte() throws {
        let memory = try memory()
        let name = memory.cached({ [calls] (a: Int) in calls.add("result \(a)") }, as: "name")
        _ = try name(1)
        let file = URL(fileURLWithPath: try #require(try directory.entryFiles.first))
        let whole = try Data(contentsOf: file)
        #expect(whole.count < 400)
        for place in whole.indices {
            for mask in [0x01, 0x80, 0xff] as [UInt8] {
                var damaged = whole
                damaged[place] ^= mask
                try damaged.write(to: file)
                let before = (calls.count, heard.warnings.count)
                #expect(try name(1) == "result 1")
                #expect(calls.count == before.0 + 1 && heard.warnings.count == before.1 + 1, "byte \(place)")
            }
        }
        #expect(try name(1) == "result 1")
        #expect(calls.count == 1 + 3 * whole.count && memory.statistics.damaged == 3 * whole.count)
        #expect(heard.warnings.allSatisfy { $0.hasPrefix("a cached result is damaged and is computed again: ") })
    }

    @Test("Entries of every shorter length, and longer ones, are computed again")
    func otherLengths() throws {
        let name = try memory().cached({ [calls] (a: Int) in calls.add([a]) }, as: "name")
        _ = try name(1)
        let file = URL(fileURLWithPath: try #require(try directory.entryFiles.first))
        let whole = try Data(contentsOf: file)
        for count in 0..<whole.count {
            try whole.prefix(count).write(to: file)
            #expect(try name(1) == [1])
        }
        for tail in [1, 5000] {
            try (whole + Data(repeating: 0, count: tail)).write(to: file)
            #expect(try name(1) == [1])
        }
        #expect(calls.count == whole.count + 3)
    }

    @Test("A flipped or missing part of a long array is noticed, too")
    func longArrays() throws {
        let make = try memory().cached({ [calls] (n: Int) in calls.add((0..<n).map(Double.init)) }, as: "make")
        let expected = try make(30_000)
        let file = URL(fileURLWithPath: try #require(try directory.entryFiles.first))
        let whole = try Data(contentsOf: file)
        #expect(whole.count == 16_384 + 240_000)
        for place in [16_384, 100_000, whole.count - 1] {
            var damaged = whole
            damaged[place] ^= 1
            try damaged.write(to: file)
            #expect(try make(30_000) == expected)
        }
        try whole.dropLast().write(to: file)
        #expect(try make(30_000) == expected)
        #expect(calls.count == 5 && heard.warnings.count == 4)
        let mapped = try memory().cached({ [calls] (n: Int) in calls.add([Double(n)]) }, as: "make", mapped: true)
        try whole.dropLast().write(to: file)
        #expect(try mapped(30_000) == [30_000])
    }

    @Test("An entry in the place of another one is not taken for it")
    func swapped() throws {
        let name = try memory().cached({ [calls] (a: Int) in calls.add(a) }, as: "name")
        #expect(try name(1) == 1 && name(2) == 2)
        let files = try directory.entryFiles.map { URL(fileURLWithPath: $0) }
        let contents = try files.map { try Data(contentsOf: $0) }
        try contents[0].write(to: files[1])
        try contents[1].write(to: files[0])
        #expect(try name(1) == 1 && name(2) == 2)
        #expect(calls.count == 4)
    }

    @Test("A disk that is full costs the entry, never the result, and is reported once")
    func fullDisk() throws {
        let memory = try memory()
        let name = memory.cached({ [calls] (a: Int) in calls.add(a) }, as: "name")
        let faults = [Fault(.write, fails: ENOSPC, times: 3)]
        let (results, unused) = try Faults.with(faults) { try (0..<3).map { try name($0) } }
        #expect(results == [0, 1, 2] && unused == 0)
        #expect(try directory.entryFiles.isEmpty)
        #expect(heard.warnings.count == 1)
        #expect(heard.warnings.first?.contains("No space left on device") == true)
        #expect(memory.statistics.notStored == 3)
        #expect(try name(0) == 0 && name(0) == 0)
        #expect(calls.count == 4)
        let left = try FileManager.default.contentsOfDirectory(atPath: directory.path + "/joblib/.work")
        #expect(!left.contains { $0.hasSuffix(".part") })
    }

    @Test("Writes that come short and calls that are interrupted make no difference")
    func shortWrites() throws {
        let name = try memory().cached({ [calls] (a: Int) in calls.add(Array(repeating: a, count: 100)) }, as: "name")
        let faults = [Fault(.write, limitedTo: 7, times: 1000), Fault(.open, fails: EINTR, times: 2)]
        #expect(try Faults.with(faults) { try name(1) }.result.count == 100)
        #expect(try Faults.with([Fault(.read, limitedTo: 11, times: 1000)]) { try name(1) }.result.count == 100)
        #expect(calls.count == 1)
    }

    @Test("An entry that cannot be opened or read is computed again, and that is reported once")
    func unreadable() throws {
        let name = try memory().cached({ [calls] (a: Int) in calls.add(a) }, as: "name")
        _ = try name(1)
        // Looked for twice: before and after the lock is taken.
        for fault in [Fault(.open, fails: EIO, times: 2), Fault(.read, fails: EIO, times: 2)] {
            #expect(try Faults.with([fault]) { try name(1) }.result == 1)
        }
        #expect(calls.count == 3)
        #expect(heard.warnings.count == 1)
        #expect(try name(1) == 1)
        #expect(calls.count == 3)
    }

    @Test("A directory that has gone is made again")
    func vanished() throws {
        let memory = try memory()
        let name = memory.cached({ [calls] (a: Int) in calls.add(a) }, as: "name")
        _ = try name(1)
        try FileManager.default.removeItem(atPath: directory.path)
        #expect(try name(1) == 1 && name(1) == 1)
        #expect(calls.count == 2 && heard.warnings.isEmpty)
        #expect(memory.entries().count == 1)
    }

    @Test("A directory that cannot be written is read, and that is reported once")
    func readOnly() throws {
        let name = try memory().cached({ [calls] (a: Int) in calls.add(a) }, as: "name")
        _ = try name(1)
        let reader = try memory().cached({ [calls] (a: Int) in calls.add(a) }, as: "name")
        #expect(try reader(1) == 1)
        #expect(calls.count == 1)
        // A superuser may write anywhere: the calls have to fail by order.
        for number in 2..<4 {
            let faults = [Fault(.open, fails: ENOENT, times: 1), Fault(.open, fails: EROFS, times: 100)]
            #expect(try Faults.with(faults) { try reader(number) }.result == number)
        }
        #expect(calls.count == 3 && heard.warnings.count <= 2)
        #expect(heard.warnings.contains { $0.contains("Read-only file system") })
        #expect(try directory.entryFiles.count == 1)
    }
}
