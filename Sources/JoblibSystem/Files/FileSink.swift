/// A file being written from its beginning on.
package final class FileSink: Sendable {
    private let descriptor: FileDescriptor
    private let path: String

    init(_ descriptor: consuming FileDescriptor, naming path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    /// Writes all bytes, however many calls that takes.
    ///
    /// - Throws: `SystemError` naming the path that the file is to have.
    package func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
        var done = 0
        while done < bytes.count {
            // Safe: the buffer is the rest of the caller's and is not kept.
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[done...])
            let result = unsafe SystemCall.writeFile(descriptor.number, rest)
            guard result >= 0 else { throw SystemError(code: Int32(-result), operation: "write", path: path) }
            done += result
        }
    }
}
