/// A file that is read in large pieces, by several threads if that pays.
///
/// Errors name the path as the caller wrote it.
package final class FileReader: Sendable {
    let descriptor: FileDescriptor
    package let path: String
    /// The size in bytes, as it was when the file was opened; nil for what has none, such as a pipe.
    package let size: Int?

    /// Opens a file.
    ///
    /// - Throws: `SystemError` when it cannot be opened, or is a directory.
    package init(_ path: String) throws(SystemError) {
        descriptor = try FileDescriptor(opening: path, .read, naming: path)
        self.path = path
        switch SystemCall.fileKind(of: descriptor.number) {
        case .regular: size = try descriptor.size()
        case .directory: throw SystemError(code: SystemCall.isDirectory, operation: "read", path: path)
        // Opened without waiting for a writer; from here on it may wait.
        case .special:
            SystemCall.makeBlocking(descriptor.number)
            size = nil
        }
    }

    /// Reads from where the last such read ended.
    ///
    /// - Returns: How many bytes; 0 only at the end of the file.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        // Safe: the call fills no more than the buffer.
        try checked(unsafe SystemCall.readFile(descriptor.number, into: buffer))
    }

    /// Reads at an offset until the buffer is full or the file ends.
    ///
    /// - Parameters:
    ///   - buffer: Where the bytes go.
    ///   - offset: Where the first one lies in the file.
    ///   - threads: At most so many share the work, the calling one among them.
    /// - Returns: How many bytes lie there before the end of the file, up to the buffer's size.
    package func read(
        into buffer: UnsafeMutableRawBufferPointer,
        at offset: Int,
        threads: Int = 1
    ) throws(SystemError) -> Int {
        let work = unsafe ParallelRead(descriptor.number, at: offset, into: buffer)
        let failure = work.run(threads: threads)
        if failure != 0 { throw SystemError(code: failure, operation: "read", path: path) }
        return work.complete
    }

    private func checked(_ result: Int) throws(SystemError) -> Int {
        guard result >= 0 else { throw SystemError(code: Int32(-result), operation: "read", path: path) }
        return result
    }
}
