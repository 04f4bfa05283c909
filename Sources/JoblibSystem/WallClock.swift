#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#else
#error("WallClock needs a C library with ctime_r")
#endif

/// The time of day, for the eyes of people only: it may jump.
package enum WallClock {
    /// The local time as C's `ctime` writes it, without the line end: `Sat Nov 21 10:24:37 2026`.
    package static var text: String {
        var moment = time_t()
        unsafe time(&moment)
        // 26 characters are what ctime_r writes, its terminating zero included.
        return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 26) { buffer in
            guard let base = buffer.baseAddress, let text = unsafe ctime_r(&moment, base) else { return "" }
            return unsafe String(String(cString: text).prefix { $0 != "\n" })
        }
    }
}
