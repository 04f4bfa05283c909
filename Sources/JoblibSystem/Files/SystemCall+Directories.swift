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

// The calls of those who keep many files: directories, and files that grow or are replaced.

extension SystemCall {
    static let noSpace = ENOSPC
    static let quotaExceeded = EDQUOT
    static let readOnly = EROFS
    static let noPermission = EACCES
    static let notDirectory = ENOTDIR
    static let notEmpty = ENOTEMPTY

    /// 0, or a negative errno.
    static func makeDirectory(_ path: String) -> Int {
        // Safe: the path is only read.
        retried(.open) { _ in unsafe Int(mkdir(path, 0o777)) }
    }

    /// Removes a directory that is empty: 0, or a negative errno.
    static func removeDirectory(_ path: String) -> Int {
        // Safe: the path is only read.
        retried(.open) { _ in unsafe Int(rmdir(path)) }
    }

    /// Removes a file's name: 0, or a negative errno.
    static func unlinkFile(_ path: String) -> Int {
        // Safe: the path is only read.
        retried(.open) { _ in unsafe Int(unlink(path)) }
    }

    /// For a file that grows: each write goes to its end, whoever else writes. Made when it is missing.
    static func openGrowing(_ path: String) -> Int32 {
        let flags = O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY
        // Safe: the path is only read.
        return Int32(retried(.open) { _ in unsafe Int(open(path, flags, 0o666)) })
    }

    /// What a path leads to; nil when that is nothing.
    static func status(of path: String) -> FileStatus? {
        var status = stat()
        // Safe: the call fills one structure of ours and keeps no pointer to it.
        guard unsafe stat(path, &status) == 0 else { return nil }
        return FileStatus(status)
    }

    static func status(of descriptor: Int32) -> FileStatus? {
        var status = stat()
        // Safe: the call fills one structure of ours and keeps no pointer to it.
        guard unsafe fstat(descriptor, &status) == 0 else { return nil }
        return FileStatus(status)
    }

    /// Locks a byte, or frees it without a mode: 0, or a negative errno.
    static func lockByte(_ descriptor: Int32, at offset: UInt64, _ mode: FileLock.Mode?, wait: Bool) -> Int32 {
        var range = flock()
        let type = mode.map { $0 == .exclusive ? F_WRLCK : F_RDLCK } ?? F_UNLCK
        range.l_type = Int16(type)
        range.l_whence = Int16(SEEK_SET)
        // Offsets are signed, and the byte's end must be one, too.
        range.l_start = off_t(clamping: offset & UInt64(Int64.max >> 1))
        range.l_len = 1
        #if canImport(Darwin)
        let command: Int32 = wait ? F_OFD_SETLKW : F_OFD_SETLK
        #else
        // The numbers of Linux, which the C library shows to GNU programs only.
        let command: Int32 = wait ? 38 : 37
        #endif
        // Safe: the call reads one structure of ours.
        return Int32(retried(.lock) { _ in unsafe Int(fcntl(descriptor, command, &range)) })
    }

    /// The names in a directory but for `.` and `..`, in no order; nil, with `code` set, when it cannot be read.
    static func names(in directory: String, code: inout Int32) -> [String]? {
        // Safe: the path is only read; the stream is closed below.
        guard let stream = unsafe opendir(directory) else {
            code = errno
            return nil
        }
        defer { _ = unsafe closedir(stream) }
        var names: [String] = []
        // Safe: each entry is valid until the next is asked for, and its name ends with a zero.
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
                unsafe field.withMemoryRebound(to: CChar.self, capacity: 1) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Seconds since 1970 on the clock of the files, with nanoseconds.
    static var wallNanoseconds: Int64 {
        var now = timespec()
        // Safe: the call fills one structure of ours.
        guard unsafe clock_gettime(CLOCK_REALTIME, &now) == 0 else { return 0 }
        return FileStatus.nanoseconds(now)
    }

    /// The home directory of the user, as the shell's `~` gives it.
    static var homeDirectory: String? {
        if let home = environmentValue("HOME"), !home.isEmpty { return home }
        // Safe: the entry is the library's own and is read at once.
        guard let entry = unsafe getpwuid(getuid()), let directory = unsafe entry.pointee.pw_dir else { return nil }
        return unsafe String(cString: directory)
    }
}

/// What the file system knows of a file.
package struct FileStatus: Sendable, Hashable {
    /// Two paths lead to one file when this is the same.
    package struct Identity: Sendable, Hashable {
        let device: UInt64
        let number: UInt64
    }

    package let identity: Identity
    package let byteCount: Int
    /// Nanoseconds since 1970.
    package let modified: Int64

    init(_ status: stat) {
        identity = Identity(
            device: UInt64(truncatingIfNeeded: status.st_dev),
            number: UInt64(truncatingIfNeeded: status.st_ino)
        )
        byteCount = Int(status.st_size)
        #if canImport(Darwin)
        modified = Self.nanoseconds(status.st_mtimespec)
        #else
        modified = Self.nanoseconds(status.st_mtim)
        #endif
    }

    fileprivate static func nanoseconds(_ time: timespec) -> Int64 {
        let (seconds, overflow) = Int64(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? 0 : seconds &+ Int64(time.tv_nsec)
    }
}

extension WallClock {
    /// Nanoseconds since 1970; may jump, as all times of day.
    package static var nanoseconds: Int64 { SystemCall.wallNanoseconds }
}
