/// An open file that is closed when its owner lets go of it.
///
/// Every error names `path`, which is the name the user knows and not always the one opened.
package struct FileDescriptor: ~Copyable, Sendable {
    /// The number that system calls take; valid as long as this value lives.
    package let number: Int32
    private let path: String

    /// Takes over an open descriptor, which is closed with this value.
    ///
    /// - Parameters:
    ///   - number: What a system call has just returned; nobody else may close it.
    ///   - path: What errors call it.
    package init(owning number: Int32, naming path: String) {
        self.number = number
        self.path = path
    }

    init(opening file: String, _ mode: SystemCall.OpenMode, naming path: String) throws(SystemError) {
        number = SystemCall.openFile(file, mode)
        self.path = path
        guard number >= 0 else {
            let operation = if case .read = mode { "open" } else { "write" }
            throw SystemError(code: -number, operation: operation, path: path)
        }
        // Once open, a pipe may make its writer wait.
        if case .overwrite = mode { SystemCall.makeBlocking(number) }
    }

    deinit {
        if number >= 0 { SystemCall.closeFile(number) }
    }

    /// The file's size as the file system tells it; 0 for what has none, such as the files of /proc.
    package func size() throws(SystemError) -> Int {
        let size = SystemCall.fileSize(number)
        guard size >= 0 else { throw SystemError(code: Int32(-size), operation: "read", path: path) }
        return size
    }

    /// A second descriptor of the same open file: the two share offset and lock.
    package func duplicate() throws(SystemError) -> FileDescriptor {
        let copy = SystemCall.duplicate(number)
        guard copy >= 0 else { throw SystemError(code: -copy, operation: "duplicate", path: path) }
        return FileDescriptor(owning: copy, naming: path)
    }

    /// Reads from where the last read ended, up to `count` bytes: fewer only at the end of the file.
    package func read(upTo count: Int) throws(SystemError) -> [UInt8] {
        // Safe: the call fills no more than the buffer it is given.
        try unsafe fill(upTo: count) { buffer, _ in unsafe SystemCall.readFile(number, into: buffer) }
    }

    /// Reads up to `count` bytes at an offset: fewer only at the end of the file.
    package func read(upTo count: Int, at offset: Int) throws(SystemError) -> [UInt8] {
        // Safe: the call fills no more than the buffer it is given.
        try unsafe fill(upTo: count) { buffer, done in
            unsafe SystemCall.readFile(number, at: offset + done, into: buffer)
        }
    }

    /// Writes all bytes, however many calls that takes.
    package func write(_ bytes: [UInt8]) throws(SystemError) {
        var done = 0
        while done < bytes.count {
            // Safe: the buffer is the rest of the array and is not kept.
            let result = unsafe bytes.withUnsafeBytes { buffer in
                unsafe SystemCall.writeFile(number, UnsafeRawBufferPointer(rebasing: buffer[done...]))
            }
            guard result >= 0 else { throw SystemError(code: Int32(-result), operation: "write", path: path) }
            done += result
        }
    }

    private func fill(
        upTo count: Int,
        _ read: (UnsafeMutableRawBufferPointer, Int) -> Int
    ) throws(SystemError) -> [UInt8] {
        var code: Int32 = 0
        // Safe: the buffer is the new array's own storage, and only bytes that a read has written are counted.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: max(count, 0)) { buffer, filled in
            while filled < count {
                let rest = unsafe UnsafeMutableRawBufferPointer(buffer)[filled...]
                let result = unsafe read(UnsafeMutableRawBufferPointer(rebasing: rest), filled)
                if result < 0 { code = Int32(-result) }
                if result <= 0 { break }
                filled += result
            }
        }
        if code != 0 { throw SystemError(code: code, operation: "read", path: path) }
        return bytes
    }
}
