internal import CJoblibSystem

/// A lock between processes, by means of a file. The kernel frees it when its holder ends, however that ends.
///
/// Advisory: it keeps out only those who ask for it. The file stays; its content is never touched. Within one process, two
/// locks of one file exclude each other, too. On NFS it depends on the server whether other machines see it.
package struct FileLock: ~Copyable, Sendable {
    package enum Mode: Sendable {
        /// Held by nobody else.
        case exclusive
        /// Held by others in this mode only.
        case shared
    }

    private let file: FileDescriptor

    private init(file: consuming FileDescriptor) {
        self.file = file
    }

    // Closing is not enough: a program that is being started has a copy of the descriptor until it replaces itself.
    deinit { SystemCall.unlock(file.number) }

    /// Takes a lock, waiting for it.
    ///
    /// - Parameters:
    ///   - path: The file, which is made if it is missing; its directory is not.
    ///   - mode: With whom it can be shared.
    ///   - deadline: On ``MonotonicClock``; 0: only if it is free now.
    /// - Returns: The lock, which is freed with the value; nil when the deadline has passed.
    /// - Throws: `SystemError` naming the path: no directory, no permission, no locks on this file system (`ENOLCK`).
    package static func acquire(
        _ path: String,
        _ mode: Mode = .exclusive,
        until deadline: UInt64 = Poll.forever
    ) throws(SystemError) -> FileLock? {
        var pause: UInt64 = 500_000
        while true {
            let number = SystemCall.openLock(path)
            guard number >= 0 else { throw SystemError(code: -number, operation: "open", path: path) }
            let file = FileDescriptor(owning: number, naming: path)
            var isLocked = false
            while !isLocked {
                let result = SystemCall.lock(file.number, mode, block: deadline == Poll.forever)
                isLocked = result == 0
                if isLocked { break }
                guard result == -SystemCall.mustWait else {
                    throw SystemError(code: -result, operation: "lock", path: path)
                }
                let now = MonotonicClock.now
                if now >= deadline { return nil }
                // The system has no lock with a deadline. A thread that blocks for us could not be called back, and would
                // take the lock after we gave up: looking again, ever less often, is what remains.
                try Self.rest(min(pause, deadline - now))
                pause = min(pause * 2, 20_000_000)
            }
            // Whoever held it may have removed or replaced the file meanwhile: then this lock keeps nobody out.
            if SystemCall.isFile(file.number, at: path) { return FileLock(file: file) }
        }
    }

    /// Frees the lock now rather than at the end of the value's life.
    package consuming func unlock() {}

    private static func rest(_ nanoseconds: UInt64) throws(SystemError) {
        _ = try Poll.wait(for: [], until: MonotonicClock.now + nanoseconds)
    }
}
