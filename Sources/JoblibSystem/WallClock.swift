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
    /// Now, in seconds since 1970.
    package static var seconds: Int64 {
        var moment = time_t()
        unsafe time(&moment)
        return Int64(moment)
    }

    /// The local time as C's `ctime` writes it, without the line end: `Sat Nov 21 10:24:37 2026`.
    package static var text: String { text(at: seconds) }

    /// A moment, given in seconds since 1970, in the same form; empty for one that no calendar has.
    package static func text(at seconds: Int64) -> String {
        guard var moment = time_t(exactly: seconds) else { return "" }
        // 26 characters are what ctime_r writes, its terminating zero included.
        return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 26) { buffer in
            guard let base = buffer.baseAddress, let text = unsafe ctime_r(&moment, base) else { return "" }
            return unsafe String(String(cString: text).prefix { $0 != "\n" })
        }
    }
}
