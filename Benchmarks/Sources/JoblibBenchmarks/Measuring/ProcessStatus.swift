#if os(Linux)
import Glibc

/// What Linux tells about a process.
enum ProcessStatus {
    /// A line of `/proc/PID/status` that counts memory, such as `VmRSS` or `RssAnon`.
    static func bytes(of field: String, process: Int) throws -> Int {
        let path = "/proc/\(process)/status"
        // Closed below; the lines are read before.
        guard let file = unsafe fopen(path, "r") else {
            throw StatusFailure(text: "\(path) cannot be read")
        }
        defer { unsafe fclose(file) }
        var buffer = [CChar](repeating: 0, count: 256)
        // `fgets` ends what it writes with a zero, within the count it is given.
        while unsafe fgets(&buffer, Int32(buffer.count), file) != nil {
            let text = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            let words = text.split(whereSeparator: \.isWhitespace)
            if words.count == 3, words[0] == field + ":", let kibibytes = Int(words[1]) {
                return kibibytes << 10
            }
        }
        throw StatusFailure(text: "\(path) has no \(field)")
    }
}

struct StatusFailure: Error, CustomStringConvertible {
    var text: String
    var description: String { text }
}
#endif
