#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Android)
internal import Android
#elseif canImport(Darwin)
internal import Darwin
#else
#error("JoblibSystem does not know this platform's C library")
#endif

extension SystemCall {
    /// Frees the lock of an open file, whoever has a copy of the descriptor.
    static func unlock(_ descriptor: Int32) {
        // It neither waits nor fails for a descriptor that is open.
        _ = flock(descriptor, LOCK_UN)
    }
}
