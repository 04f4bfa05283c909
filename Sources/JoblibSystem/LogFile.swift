#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#else
#error("LogFile needs a C library with stdio")
#endif

/// A text file that grows by lines, with its nine predecessors kept as `.1` to `.9`.
package struct LogFile: Sendable, Hashable {
    /// The log could not be begun.
    package struct Failure: Error, CustomStringConvertible {
        package let path: String
        package let reason: String
        package var description: String { "\(path): \(reason)" }
    }

    /// How many former logs are kept.
    package static let predecessors = 9

    package let path: String

    /// Begins a log at `path` with `header`; what was there becomes `path.1`, and so on up to `path.9`.
    ///
    /// The folder is made if it is missing.
    package init(beginningAt path: String, header: String) throws {
        self.path = path
        try Self.makeFolders(above: path)
        rotate()
        try write(header, mode: "w")
    }

    /// Adds `line` and a line end.
    package func append(_ line: String) throws {
        try write(line + "\n", mode: "a")
    }

    private func rotate() {
        guard unsafe access(path, F_OK) == 0 else { return }
        // The oldest first: in the other order every log would end up as the last one.
        for number in stride(from: Self.predecessors - 1, through: 1, by: -1) {
            // One that does not exist is no loss.
            _ = unsafe rename("\(path).\(number)", "\(path).\(number + 1)")
        }
        // A copy, not a rename: a program that follows the file (`tail -f`) keeps following it.
        copyToFirstPredecessor()
    }

    private func copyToFirstPredecessor() {
        guard let source = unsafe fopen(path, "r") else { return }
        defer { unsafe fclose(source) }
        guard let target = unsafe fopen("\(path).1", "w") else { return }
        defer { unsafe fclose(target) }
        unsafe withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { buffer in
            guard let base = buffer.baseAddress else { return }
            while true {
                let count = unsafe fread(base, 1, buffer.count, source)
                if count == 0 { return }
                guard unsafe fwrite(base, 1, count, target) == count else { return }
            }
        }
    }

    private func write(_ text: String, mode: String) throws {
        guard let file = unsafe fopen(path, mode) else { throw Self.failure(path) }
        // A Swift string may hold zero characters, so the bytes are counted, not ended.
        let bytes = Array(text.utf8)
        let written = unsafe fwrite(bytes, 1, bytes.count, file) == bytes.count
        // fclose sets errno anew, so the first reason is kept.
        let error = Self.failure(path)
        guard written else {
            _ = unsafe fclose(file)
            throw error
        }
        guard unsafe fclose(file) == 0 else { throw Self.failure(path) }
    }

    private static func makeFolders(above path: String) throws {
        var folder = ""
        for (index, character) in path.enumerated() {
            if character == "/", index > 0, unsafe mkdir(folder, 0o777) != 0, errno != EEXIST, errno != EISDIR {
                throw failure(folder)
            }
            folder.append(character)
        }
    }

    private static func failure(_ path: String) -> Failure {
        Failure(path: path, reason: unsafe String(cString: strerror(errno)))
    }
}
