import Foundation
import Testing

@testable import JoblibSystem

@Suite("Shared memory")
struct SharedMemoryTests {
    @Test("What one mapping writes, another one reads; private writes stay private")
    func mappings() throws {
        let memory = try SharedMemory.create(byteCount: 10_000)
        let writing = try memory.map(.readWrite)
        let reading = try memory.map(.readOnly)
        let own = try memory.map(.copyOnWrite)
        let second = try memory.map(.readOnly, offset: SharedMemory.pageSize, byteCount: 10)
        #expect(unsafe reading.withBytes { unsafe $0.allSatisfy { $0 == 0 } })
        unsafe writing.withMutableBytes { unsafe $0[SharedMemory.pageSize] = 5 }
        #expect(unsafe reading.withBytes { unsafe $0[SharedMemory.pageSize] } == 5)
        #expect(unsafe second.withBytes { unsafe $0[0] } == 5)
        unsafe own.withMutableBytes { unsafe $0[0] = 9 }
        #expect(unsafe own.withBytes { unsafe $0[0] } == 9)
        #expect(unsafe reading.withBytes { unsafe $0[0] } == 0)
        #expect(unsafe reading.withMutableBytes { _ in } == nil)
        #expect(try memory.map(.readOnly, byteCount: 0).byteCount == 0)
    }

    @Test("Parts outside of the memory are refused: touching them would end the process")
    func bounds() throws {
        let page = SharedMemory.pageSize
        let memory = try SharedMemory.create(byteCount: 2 * page)
        for (offset, count) in [(0, 2 * page + 1), (page, page + 1), (3 * page, 0), (-page, 10), (1, 1), (0, -1)] {
            #expect(throws: SystemError.self) { try memory.map(.readOnly, offset: offset, byteCount: count) }
            #expect(throws: SystemError.self) { try MappedArray<UInt8>(memory, offset: offset, count: count) }
        }
        #expect(throws: SystemError.self) { try MappedArray<Int>(memory, count: .max) }
        #expect(throws: SystemError.self) { try memory.map(.readOnly, offset: .max) }
        #expect(throws: SystemError.self) { try SharedMemory.create(byteCount: -1) }
    }

    #if os(Linux)
    @Test("No process can shorten it, and none can write to it when it is frozen")
    func seals() throws {
        let memory = try SharedMemory.create(byteCount: 4096)
        #expect(ftruncate(memory.descriptor.number, 0) == -1)
        #expect(ftruncate(memory.descriptor.number, 8192) == -1)
        var writing: Mapping? = try memory.map(.readWrite)
        let busy = #expect(throws: SystemError.self) { try memory.freeze() }
        #expect(busy?.code == EBUSY)
        withExtendedLifetime(writing) {}
        writing = nil
        try memory.freeze()
        #expect(throws: SystemError.self) { try memory.map(.readWrite) }
        #expect(try memory.map(.copyOnWrite).byteCount == 4096)
    }

    @Test("Memory that its owner could shorten is not accepted from a stranger")
    func unsealed() throws {
        let directory = try TemporaryDirectory()
        let file = try SharedMemory.create(byteCount: 4096, directory: directory.path)
        let error = #expect(throws: SystemError.self) { try SharedMemory(adopting: file.descriptor) }
        #expect(error?.code == EPERM)
        #expect(try SharedMemory(adopting: file.descriptor, trusted: true).byteCount == 4096)
    }
    #endif

    @Test("In a directory, it is a file without a name")
    func unlinkedFile() throws {
        let directory = try TemporaryDirectory()
        let memory = try SharedMemory.create(byteCount: 100_000, directory: directory.path)
        #expect(try directory.names.isEmpty)
        let mapping = try memory.map(.readWrite)
        unsafe mapping.withMutableBytes { unsafe $0[99_999] = 3 }
        #expect(try unsafe memory.map(.readOnly).withBytes { unsafe $0[99_999] } == 3)
        try memory.freeze()
        // Where the file system has no files without a name.
        let faults = [Fault(.open, fails: EOPNOTSUPP)]
        let made = try Faults.with(faults) { try SharedMemory.create(byteCount: 10, directory: directory.path) }
        #expect(made.unused == 0)
        #expect(made.result.byteCount == 10)
        #expect(try directory.names.isEmpty)
        let error = #expect(throws: SystemError.self) {
            try SharedMemory.create(byteCount: 10, directory: directory.path + "/missing")
        }
        #expect(error?.code == ENOENT)
    }

    @Test("A full disk, and no descriptors, are errors that say where")
    func noSpace() throws {
        let directory = try TemporaryDirectory()
        let full = Faults.with([Fault(.reserve, fails: EINTR, times: 2), Fault(.reserve, fails: ENOSPC)]) {
            #expect(throws: SystemError.self) {
                try SharedMemory.create(byteCount: 1_000_000, directory: directory.path)
            }
        }
        #expect(full.unused == 0)
        let text = "cannot reserve 1000000 bytes in \(directory.path.debugDescription): No space left on device"
        #expect(full.result?.description.hasPrefix(text) == true)
        for fault in [Fault(.createMemory, fails: EMFILE), Fault(.resize, fails: ENOSPC)] {
            let failed = Faults.with([fault]) {
                #expect(throws: SystemError.self) { try SharedMemory.create(byteCount: 10) }
            }
            #expect(failed.unused == 0)
        }
        let memory = try SharedMemory.create(byteCount: 4096)
        let failed = Faults.with([Fault(.map, fails: ENOMEM, times: 2)]) {
            #expect(throws: SystemError.self) { try memory.map(.readOnly) }
            #expect(throws: SystemError.self) { try MappedArray<Int>(memory, count: 4) }
        }
        #expect(failed.unused == 0)
    }

    @Test("Memory is filled with the same bytes by one thread and by several", arguments: [0, 1, 5_000_001])
    func filling(_ count: Int) throws {
        let source = Self.bytes(count)
        for threads in [1, 2, 5] {
            let memory = try SharedMemory.create(byteCount: count)
            try Self.fill(memory, source, threads: threads)
            try Self.expect(memory, toHold: source)
            // Nobody has it mapped for writing any more.
            try memory.freeze()
        }
    }

    @Test("Memory that takes only a part at a time, or cannot be written like a file, is filled all the same")
    func fillingInParts() throws {
        let source = Self.bytes(100_000)
        let faults = [
            Fault(.write, limitedTo: 999, times: 20), Fault(.write, fails: EINTR, times: 3),
            Fault(.write, fails: EINVAL),
        ]
        for fault in faults {
            let memory = try SharedMemory.create(byteCount: source.count)
            let armed = try Faults.with([fault]) {
                try Self.fill(memory, source, threads: 1)
            }
            #expect(armed.unused == 0)
            try Self.expect(memory, toHold: source)
        }
    }

    @Test("Without room for them bytes are refused")
    func fillingWithoutRoom() throws {
        let source = Self.bytes(5_000_001)
        let memory = try SharedMemory.create(byteCount: source.count)
        let armed = Faults.with([Fault(.write, fails: ENOSPC)]) {
            #expect(throws: SystemError(code: ENOSPC, operation: "write 5000001 bytes to", path: "shared memory")) {
                try Self.fill(memory, source, threads: 1)
            }
        }
        #expect(armed.unused == 0)
    }

    private static func fill(_ memory: SharedMemory, _ source: [UInt8], threads: Int) throws {
        try unsafe source.withUnsafeBytes { try unsafe memory.fill($0, threads: threads) }
    }

    private static func bytes(_ count: Int) -> [UInt8] {
        // Words, because a debug build takes a second for some million bytes.
        let words = (0..<count / 8).map { UInt64($0) &* 0x9e37_79b9_7f4a_7c15 }
        return unsafe words.withUnsafeBytes { unsafe Array($0) } + [UInt8](repeating: 7, count: count % 8)
    }

    private static func expect(_ memory: SharedMemory, toHold bytes: [UInt8]) throws {
        let mapping = try memory.map(.readOnly)
        unsafe mapping.withBytes { #expect(unsafe Array($0) == bytes) }
    }
}
