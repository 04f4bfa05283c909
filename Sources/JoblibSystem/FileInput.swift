/// Small files, read whole.
package enum FileInput {
    /// The text of a file; bytes that are not UTF-8 become U+FFFD.
    ///
    /// - Parameters:
    ///   - path: The file. A pipe that nobody writes to reads as empty: this never waits for one.
    ///   - maximumBytes: A larger file is an error and is not kept.
    /// - Throws: `SystemError` when the file cannot be opened or read, or is larger than `maximumBytes`.
    package static func readText(_ path: String, maximumBytes: Int = 1 << 20) throws(SystemError) -> String {
        let file = try FileDescriptor(opening: path, .read, naming: path)
        let limit = max(maximumBytes, 0)
        // The size is a hint: the files of /proc and /sys have none, or a wrong one.
        let hint = min(max(try file.size(), 0), limit) + 1
        var bytes = try file.read(upTo: max(hint, min(4096, limit + 1)))
        while bytes.count <= limit {
            let more = try file.read(upTo: min(max(bytes.count, 4096), limit + 1 - bytes.count))
            if more.isEmpty { return String(decoding: bytes, as: UTF8.self) }
            bytes += more
        }
        throw SystemError(code: SystemCall.fileTooLarge, operation: "read", path: path)
    }
}
