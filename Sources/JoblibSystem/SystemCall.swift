internal import CJoblibSystem

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

/// The system calls of this target, so that no other file needs to know the C library's name.
///
/// Calls that may fail give the negative error number, as the kernel does, and are made again after an interruption.
enum SystemCall {
    enum OpenMode {
        case read
        case createNew
        case overwrite
    }

    enum FileKind {
        case regular
        case directory
        case special
    }

    static let noSuchFile = ENOENT
    static let fileExists = EEXIST
    static let isDirectory = EISDIR
    static let fileTooLarge = EFBIG
    static let mustWait = EAGAIN
    static let interrupted = EINTR
    static let brokenPipe = EPIPE
    static let connectionReset = ECONNRESET
    static let timedOut = ETIMEDOUT
    static let tooManyReferences = ETOOMANYREFS
    static let badMessage = EBADMSG
    static let invalid = EINVAL
    static let badDescriptor = EBADF
    static let tooManyFiles = EMFILE
    static let messageTooLarge = EMSGSIZE
    static let notPermitted = EPERM
    static let noSuchProcess = ESRCH
    static let noChild = ECHILD

    /// Whether an error says that a descriptor is of a kind that has no bytes to be written, only mapped.
    static func cannotBeWritten(_ code: Int32) -> Bool {
        [EINVAL, ENXIO, ESPIPE, ENODEV, ENOTSUP, EOPNOTSUPP].contains(code)
    }

    static func openFile(_ path: String, _ mode: OpenMode) -> Int32 {
        // Without O_NONBLOCK a pipe with no other end would hang the open; regular files do not know the difference.
        let common = O_CLOEXEC | O_NONBLOCK | O_NOCTTY
        let flags =
            switch mode {
            case .read: O_RDONLY | common
            case .createNew: O_WRONLY | O_CREAT | O_EXCL | common
            case .overwrite: O_WRONLY | O_TRUNC | common
            }
        // Safe: the path's bytes are only read.
        return Int32(retried(.open) { _ in unsafe Int(open(path, flags, 0o666)) })
    }

    /// For a lock: made when it is missing, and never emptied.
    static func openLock(_ path: String) -> Int32 {
        // Safe: the path's bytes are only read.
        Int32(retried(.open) { _ in unsafe Int(open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0o666)) })
    }

    /// 0, or a negative errno; with `block` it waits, else -EAGAIN tells that somebody else has the lock.
    static func lock(_ descriptor: Int32, _ mode: FileLock.Mode, block: Bool) -> Int32 {
        let operation = (mode == .exclusive ? LOCK_EX : LOCK_SH) | (block ? 0 : LOCK_NB)
        // The lock belongs to the open file, not to the process as fcntl's do: those are lost when any part of the
        // program closes any descriptor of the file.
        return Int32(retried(.lock) { _ in Int(flock(descriptor, operation)) })
    }

    /// Whether a path leads to the very file that is open.
    static func isFile(_ descriptor: Int32, at path: String) -> Bool {
        var open = stat()
        var named = stat()
        // Safe: the calls fill structures of ours and keep no pointer to them.
        guard unsafe fstat(descriptor, &open) == 0, unsafe stat(path, &named) == 0 else { return false }
        return open.st_dev == named.st_dev && open.st_ino == named.st_ino
    }

    /// The device that answers every write and has nothing to read.
    static func openNull() -> Int32 {
        // Safe: the path's bytes are only read.
        Int32(retried(.open) { _ in unsafe Int(open("/dev/null", O_RDWR | O_CLOEXEC)) })
    }

    static func isOpen(_ descriptor: Int32) -> Bool {
        fcntl(descriptor, F_GETFD) >= 0
    }

    /// A second number for the same open file, closed on exec.
    static func duplicate(_ descriptor: Int32) -> Int32 {
        Int32(retried(.duplicate) { _ in Int(fcntl(descriptor, F_DUPFD_CLOEXEC, 3)) })
    }

    /// Tells both ends that nothing more will come.
    static func shutDown(_ socket: Int32) {
        _ = shutdown(socket, 2)
    }

    static func closeFile(_ descriptor: Int32) {
        // Not made again after an interruption: the number is free already and may be another thread's by now.
        _ = close(descriptor)
    }

    static func makeBlocking(_ descriptor: Int32) {
        let flags = fcntl(descriptor, F_GETFL)
        if flags >= 0 { _ = fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK) }
    }

    /// What one call moves at most: Darwin refuses more, and Linux stops a page earlier. Callers go on behind it.
    private static let largestTransfer = Int(Int32.max)

    static func readFile(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        // Safe: the call writes at most `buffer.count` bytes.
        retried(.read, upTo: min(buffer.count, largestTransfer)) { unsafe read(descriptor, buffer.baseAddress, $0) }
    }

    static func readFile(_ descriptor: Int32, at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        // Safe: the call writes at most `buffer.count` bytes.
        retried(.read, upTo: min(buffer.count, largestTransfer)) {
            unsafe pread(descriptor, buffer.baseAddress, $0, off_t(offset))
        }
    }

    static func writeFile(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
        // Safe: the call reads at most `buffer.count` bytes.
        retried(.write, upTo: min(buffer.count, largestTransfer)) { unsafe write(descriptor, buffer.baseAddress, $0) }
    }

    static func writeFile(_ descriptor: Int32, at offset: Int, _ buffer: UnsafeRawBufferPointer) -> Int {
        // Safe: the call reads at most `buffer.count` bytes.
        retried(.write, upTo: min(buffer.count, largestTransfer)) {
            unsafe pwrite(descriptor, buffer.baseAddress, $0, off_t(offset))
        }
    }

    static func fileSize(_ descriptor: Int32) -> Int {
        var status = stat()
        // Safe: the call fills one structure of ours and keeps no pointer to it.
        let result = retried(.read) { _ in unsafe Int(fstat(descriptor, &status)) }
        return result < 0 ? result : Int(status.st_size)
    }

    /// What a path leads to through links, nil when that is nothing.
    static func fileKind(_ path: String) -> FileKind? {
        var status = stat()
        // Safe: the call fills one structure of ours and keeps no pointer to it.
        guard unsafe stat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .regular
        case S_IFDIR: return .directory
        default: return .special
        }
    }

    /// What a descriptor is open on.
    static func fileKind(of descriptor: Int32) -> FileKind {
        var status = stat()
        // Safe: the call fills one structure of ours and keeps no pointer to it.
        guard unsafe fstat(descriptor, &status) == 0 else { return .special }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .regular
        case S_IFDIR: return .directory
        default: return .special
        }
    }

    /// Who may read and write a file; nil when there is none.
    static func permissions(_ path: String) -> UInt32? {
        var status = stat()
        // Safe: the call fills one structure of ours and keeps no pointer to it.
        guard unsafe stat(path, &status) == 0 else { return nil }
        return UInt32(status.st_mode & 0o777)
    }

    /// A file system without permissions says no, and nothing is lost.
    static func setPermissions(_ descriptor: Int32, _ permissions: UInt32) {
        _ = fchmod(descriptor, mode_t(permissions))
    }

    static func renameFile(_ path: String, to newPath: String) -> Int {
        // Safe: the paths are only read.
        retried(.open) { _ in unsafe Int(rename(path, newPath)) }
    }

    static func removeFile(_ path: String) {
        // Safe: the path is only read.
        _ = unsafe unlink(path)
    }

    /// The path without links, nil when there is no such file.
    static func resolvedPath(_ path: String) -> String? {
        // Safe: realpath gives a string of its own, which is copied and freed here.
        guard let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    static func isTerminal(_ descriptor: Int32) -> Bool {
        isatty(descriptor) == 1
    }

    /// Waits until a descriptor can be written; false after `milliseconds` without that.
    static func waitUntilWritable(_ descriptor: Int32, milliseconds: Int32) -> Bool {
        var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        // Safe: the call reads and fills one structure of ours.
        return retried(.poll) { _ in unsafe Int(poll(&state, 1, milliseconds)) } > 0
    }

    static func environmentValue(_ name: String) -> String? {
        // Safe: the text is copied at once.
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }

    static func flushOutput() {
        // Safe: all streams of the C library, which locks each of them.
        _ = fflush(nil)
    }

    static var processIdentifier: Int32 {
        getpid()
    }

    /// Sends a signal to a child that has not been waited for; false when that is not possible.
    @discardableResult
    static func send(_ signal: Signal, to process: Int32) -> Bool {
        kill(process, number(of: signal)) == 0
    }

    static var hostName: String? {
        // Safe: the call fills at most what it is given, and the last byte is kept for the zero.
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1025) { buffer in
            guard let start = buffer.baseAddress else { return nil }
            unsafe buffer.initialize(repeating: 0)
            guard unsafe gethostname(start, buffer.count - 1) == 0 else { return nil }
            return unsafe String(cString: start)
        }
    }

    static var executablePath: String? {
        // Safe: the call writes at most `buffer.count` bytes, and ends the path with a zero when it returns true.
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
            guard let start = buffer.baseAddress, unsafe joblib_executable_path(start, buffer.count) else { return nil }
            return unsafe String(cString: start)
        }
    }

    /// The processors that are switched on, at least 1.
    static var onlineProcessors: Int {
        max(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1)
    }

    #if canImport(Darwin)
    /// A number from the kernel's table, such as `hw.physicalcpu`; nil when it has no such entry.
    static func kernelNumber(_ name: String) -> Int? {
        var value: Int64 = 0
        var size = MemoryLayout<Int64>.size
        // Safe: the call writes at most `size` bytes into one integer of ours.
        guard unsafe sysctlbyname(name, &value, &size, nil, 0) == 0 else { return nil }
        switch size {
        case MemoryLayout<Int64>.size: return Int(value)
        // The lower half, which comes first on all of Apple's processors.
        case MemoryLayout<Int32>.size: return Int(Int32(truncatingIfNeeded: value))
        default: return nil
        }
    }
    #endif

    /// Makes a call again after an interruption; `call` is given how many bytes it may move.
    static func retried(_ kind: joblib_call, upTo count: Int = 0, _ call: (Int) -> Int) -> Int {
        while true {
            var limit = count
            // Safe: the function lowers a number of ours and keeps no pointer to it.
            let result = unsafe joblib_fault(kind, &limit) ? -1 : call(limit)
            if result >= 0 { return result }
            let code = errno
            if code != EINTR { return -Int(code) }
        }
    }
}
