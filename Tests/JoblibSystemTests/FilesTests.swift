import Foundation
import Testing

@testable import JoblibSystem

@Suite("Whole files")
struct FilesTests {
    @Test("A file written is the file read, and nothing else is left beside it")
    func roundTrip() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/report.svg"
        try FileOutput.writeAtomically("first\n", to: path)
        try FileOutput.writeAtomically("größer\n", to: path)
        #expect(try FileInput.readText(path) == "größer\n")
        #expect(try directory.names == ["report.svg"])
    }

    @Test("An empty file and one of several megabytes are written whole")
    func sizes() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/bytes"
        for count in [0, 1, 4096, 4097, 3_000_001] {
            try FileOutput.writeAtomically([UInt8](repeating: 65, count: count), to: path)
            #expect(try FileInput.readText(path, maximumBytes: count).utf8.count == count)
        }
    }

    @Test("A missing directory is an error that names the file as the caller wrote it")
    func missingDirectory() throws {
        let error = #expect(throws: SystemError.self) {
            try FileOutput.writeAtomically("x", to: "no-such-directory/x.svg")
        }
        #expect(
            error?.description == "cannot write \"no-such-directory/x.svg\": No such file or directory (errno 2)"
        )
    }

    @Test("A directory in the file's place is an error and stays")
    func directoryInPlace() throws {
        let directory = try TemporaryDirectory()
        try directory.add("x", at: "taken/inside")
        let error = #expect(throws: SystemError.self) {
            try FileOutput.writeAtomically("x", to: directory.path + "/taken")
        }
        #expect(error?.code == EISDIR)
        #expect(throws: SystemError.self) { try FileOutput.writeAtomically("x", to: directory.path + "/new/") }
        #expect(try directory.names == ["taken"])
    }

    @Test("A failed write leaves the old file and no part of the new one")
    func failedWrite() throws {
        let directory = try TemporaryDirectory()
        try directory.add("old", at: "file")
        let path = directory.path + "/file"
        let full = SystemError(code: ENOSPC, operation: "write", path: path)
        #expect(throws: full) {
            try FileOutput.replace(path) { part throws(SystemError) in
                try FileDescriptor(opening: part, .createNew, naming: path).write([1, 2])
                throw full
            }
        }
        #expect(try directory.names == ["file"])
        #expect(try FileInput.readText(path) == "old")
    }

    @Test("A part left by a process that died is neither used nor removed")
    func foreignPart() throws {
        let directory = try TemporaryDirectory()
        var parts: [String] = []
        try FileOutput.replace(directory.path + "/file") { part throws(SystemError) in
            parts.append(part)
            if parts.count == 1 { try FileDescriptor(opening: part, .createNew, naming: part).write([1]) }
            try FileDescriptor(opening: part, .createNew, naming: part).write([2])
        }
        #expect(parts.count == 2)
        #expect(try directory.names.count == 2)
    }

    @Test("A rename that fails leaves no part and says so")
    func failedRename() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/file"
        let error = #expect(throws: SystemError.self) { try FileOutput.replace(path) { _ in } }
        #expect(error?.operation == "rename")
        #expect(error?.description.hasPrefix("cannot move the finished file to \"") == true)
        #expect(try directory.names.isEmpty)
    }

    @Test("A full device is an error with the system's reason")
    func fullDevice() throws {
        // /dev/full fails every write, as a full disk does.
        guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
        let error = #expect(throws: SystemError.self) { try FileOutput.writeAtomically("x", to: "/dev/full") }
        #expect(error == SystemError(code: ENOSPC, operation: "write", path: "/dev/full"))
    }

    @Test("A device is written to and not replaced by a file")
    func device() throws {
        try FileOutput.writeAtomically("x", to: "/dev/null")
        #expect(SystemCall.fileKind("/dev/null") == .special)
    }

    @Test("A link stays a link and the file behind it is replaced")
    func link() throws {
        let directory = try TemporaryDirectory()
        try directory.add("old", at: "data/real")
        let link = directory.path + "/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: directory.path + "/data/real")
        try FileOutput.writeAtomically("new", to: link)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == directory.path + "/data/real")
        #expect(try FileInput.readText(directory.path + "/data/real") == "new")
    }

    @Test("A name as long as the file system allows can be written")
    func longName() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/" + String(repeating: "n", count: 255)
        try FileOutput.writeAtomically("x", to: path)
        #expect(try FileInput.readText(path) == "x")
    }

    @Test("Many threads writing one file leave one whole file")
    func concurrentWriters() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/shared"
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<32 {
                group.addTask {
                    try FileOutput.writeAtomically(String(repeating: "\(writer % 10)", count: 5000), to: path)
                }
            }
            try await group.waitForAll()
        }
        let text = try FileInput.readText(path)
        #expect(text.count == 5000)
        #expect(Set(text).count == 1)
        #expect(try directory.names == ["shared"])
    }

    @Test("A file larger than the limit is an error, one of exactly that size is not")
    func tooLarge() throws {
        let directory = try TemporaryDirectory()
        try directory.add("12345", at: "five")
        #expect(try FileInput.readText(directory.path + "/five", maximumBytes: 5) == "12345")
        let error = #expect(throws: SystemError.self) {
            try FileInput.readText(directory.path + "/five", maximumBytes: 4)
        }
        #expect(error?.code == EFBIG)
        #expect(throws: SystemError.self) { try FileInput.readText(directory.path + "/five", maximumBytes: -1) }
        #expect(throws: SystemError.self) { try FileInput.readText("/dev/zero", maximumBytes: 100) }
    }

    @Test("Files without a size, damaged text, directories and pipes can be asked for")
    func unusualInput() throws {
        let directory = try TemporaryDirectory()
        try Data([0x61, 0xff, 0x62]).write(to: URL(fileURLWithPath: directory.path + "/damaged"))
        #expect(try FileInput.readText(directory.path + "/damaged") == "a\u{FFFD}b")
        #expect(throws: SystemError.self) { try FileInput.readText(directory.path) }
        let error = #expect(throws: SystemError.self) { try FileInput.readText(directory.path + "/none") }
        #expect(error?.description.hasPrefix("cannot open \"") == true)
        // Safe: the path is only read.
        let made = unsafe mkfifo(directory.path + "/pipe", 0o600)
        #expect(made == 0)
        #expect(try FileInput.readText(directory.path + "/pipe").isEmpty)
        #if os(Linux)
        #expect(try FileInput.readText("/proc/self/status").contains("Pid:"))
        #endif
    }

    @Test("A line break in a name does not break the message")
    func quotedName() {
        let error = SystemError(code: EACCES, operation: "open", path: "a\n\"b\"")
        #expect(error.description == "cannot open \"a\\n\\\"b\\\"\": Permission denied (errno 13)")
        #expect(SystemError(code: 99_999, operation: "read", path: "").description.contains("errno 99999"))
    }
}
