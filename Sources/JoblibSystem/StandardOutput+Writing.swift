extension StandardOutput {
    /// The descriptor's number.
    package static let descriptor: Int32 = 1

    /// Writes a text, all of it.
    ///
    /// A reader who went away ends the program by SIGPIPE, as it does with other commands.
    ///
    /// - Throws: `SystemError`: a full disk; where SIGPIPE is ignored, one that ``SystemError/isBrokenPipe``.
    package static func write(_ text: String) throws(SystemError) {
        let bytes = Array(text.utf8)
        var done = 0
        while done < bytes.count {
            // Safe: the buffer is the rest of the array and is not kept.
            let result = unsafe bytes.withUnsafeBytes { buffer in
                unsafe SystemCall.writeFile(descriptor, UnsafeRawBufferPointer(rebasing: buffer[done...]))
            }
            guard result >= 0 else {
                throw SystemError(code: Int32(-result), operation: "write", path: "standard output")
            }
            done += result
        }
    }
}

extension SystemError {
    /// Nobody reads at the other end.
    package var isBrokenPipe: Bool { code == SystemCall.brokenPipe }
}
