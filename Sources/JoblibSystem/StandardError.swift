#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#else
#error("StandardError needs POSIX write")
#endif

/// Messages to people.
package enum StandardError {
    /// Writes `text` in one call, so that lines of several threads do not mix; failures are ignored.
    package static func write(_ text: String) {
        let bytes = Array(text.utf8)
        var done = 0
        while done < bytes.count {
            // Safe: the call reads at most the bytes left in the array.
            let count = unsafe bytes.withUnsafeBytes { buffer in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[done...])
                return unsafe fileWrite(2, rest.baseAddress, rest.count)
            }
            if count > 0 { done += count } else if count == 0 || errno != EINTR { return }
        }
    }
}

// Safe: forwards to the system call, which this type's own `write` would hide.
private func fileWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    unsafe write(descriptor, bytes, count)
}
