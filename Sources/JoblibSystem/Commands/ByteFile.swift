internal import CJoblibSystem

/// Files by paths that are bytes, as the names of a user's files are.
package enum ByteFile {
    /// Opens a file for reading; one that nobody writes to yet, such as a named pipe, is waited for.
    package static func open(_ path: [UInt8]) throws(SystemError) -> FileDescriptor {
        let name = String(decoding: path, as: UTF8.self)
        let number = unsafe withPath(path) { unsafe SystemCall.openBlocking($0) }
        guard number >= 0 else { throw SystemError(code: -number, operation: "open", path: name) }
        return FileDescriptor(owning: number, naming: name)
    }

    /// This process's standard input, which is not closed afterwards.
    package static func standardInput() throws(SystemError) -> FileDescriptor {
        let copy = SystemCall.duplicate(0)
        guard copy >= 0 else { throw SystemError(code: -copy, operation: "read", path: "standard input") }
        return FileDescriptor(owning: copy, naming: "standard input")
    }

    /// The size in bytes of what a path leads to, if that is a regular file.
    package static func regularSize(_ path: [UInt8]) -> Int? {
        let result = unsafe withPath(path) { unsafe SystemCall.regularSize($0) }
        return result < 0 ? nil : result
    }

    /// Whether a path leads to a file that may be run.
    package static func isExecutable(_ path: [UInt8]) -> Bool {
        unsafe withPath(path) { unsafe joblib_is_executable($0) }
    }

    /// A file without a name for what does not fit in memory; gone with its descriptor.
    package static func unnamed() throws(SystemError) -> FileDescriptor {
        let directory = SystemCall.environmentValue("TMPDIR").flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        // Safe: the path is only read.
        let number = unsafe joblib_unlinked_file(directory)
        guard number >= 0 else {
            throw SystemError(code: -number, operation: "make a temporary file in", path: directory)
        }
        return FileDescriptor(owning: number, naming: "a temporary file in \(directory)")
    }

    /// A file that grows at its end, made if it is missing, emptied if that is asked for.
    package static func growing(_ path: String, emptied: Bool) throws(SystemError) -> FileDescriptor {
        let number = SystemCall.openGrowing(path)
        guard number >= 0 else { throw SystemError(code: -number, operation: "write", path: path) }
        if emptied { SystemCall.empty(number) }
        return FileDescriptor(owning: number, naming: path)
    }

    /// At most so many bytes that are there now; none at the end, nil when there are none yet.
    package static func readSome(
        _ descriptor: borrowing FileDescriptor,
        upTo count: Int
    ) throws(SystemError) -> [UInt8]? {
        try readSome(descriptor.number, upTo: count)
    }

    /// As above, by its number.
    package static func readSome(_ descriptor: Int32, upTo count: Int) throws(SystemError) -> [UInt8]? {
        var result = 0
        // Safe: the buffer is the new array's own, and only bytes that the call has written are counted.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            result = unsafe SystemCall.readFile(descriptor, into: UnsafeMutableRawBufferPointer(buffer))
            filled = max(result, 0)
        }
        if result >= 0 { return bytes }
        if result == -Int(SystemCall.mustWait) { return nil }
        throw SystemError(code: Int32(-result), operation: "read", path: "descriptor \(descriptor)")
    }

    private static func withPath<R>(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> R) -> R {
        // Safe: the text ends with a zero and lives during the call.
        unsafe (path + [0]).withUnsafeBufferPointer { bytes in
            unsafe bytes.withMemoryRebound(to: CChar.self) { text in
                guard let start = text.baseAddress else { preconditionFailure("a path has at least its zero") }
                return unsafe body(start)
            }
        }
    }
}
