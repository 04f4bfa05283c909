#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#else
#error("FileOutput needs a C library with stdio")
#endif

/// Whole files, written so that a reader never sees half of one.
package enum FileOutput {
    /// A file could not be written.
    package struct Failure: Error, CustomStringConvertible {
        package let path: String
        package let reason: String
        package var description: String { "\(path): \(reason)" }
    }

    /// Writes `text` beside `path` and renames it into place; on failure `path` is as it was.
    package static func writeAtomically(_ text: String, to path: String) throws {
        let aside = "\(path).\(getpid()).\(UInt32.random(in: 0...UInt32.max)).part"
        guard let file = unsafe fopen(aside, "w") else { throw failure(path) }
        // A Swift string may hold zero characters, so the bytes are counted, not ended.
        let bytes = Array(text.utf8)
        let written = unsafe fwrite(bytes, 1, bytes.count, file)
        // Judged before fclose, which sets errno anew.
        var error = written == bytes.count ? nil : failure(path)
        // A full disk may show only when the buffer is flushed.
        if unsafe fclose(file) != 0, error == nil { error = failure(path) }
        if error == nil, unsafe rename(aside, path) != 0 { error = failure(path) }
        if let error {
            _ = unsafe remove(aside)
            throw error
        }
    }

    private static func failure(_ path: String) -> Failure {
        Failure(path: path, reason: unsafe String(cString: strerror(errno)))
    }
}
