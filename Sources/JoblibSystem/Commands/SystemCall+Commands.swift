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

// The calls of those who run other people's commands on other people's files.

extension SystemCall {
    static func number(of signal: Signal) -> Int32 {
        switch signal {
        case .kill: SIGKILL
        case .terminate: SIGTERM
        case .interrupt: SIGINT
        case .stop: SIGSTOP
        case .resume: SIGCONT
        case .reportStack: joblib_stack_request_signal()
        }
    }

    /// For reading, whatever it is.
    static func openBlocking(_ path: UnsafePointer<CChar>) -> Int32 {
        // Safe: the path's bytes are only read.
        Int32(retried(.open) { _ in unsafe Int(open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)) })
    }

    /// The size of a regular file, or -1.
    static func regularSize(_ path: UnsafePointer<CChar>) -> Int {
        var status = stat()
        // Safe: the call fills one structure of ours.
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return -1 }
        return Int(status.st_size)
    }

    static func empty(_ descriptor: Int32) {
        _ = ftruncate(descriptor, 0)
    }
}

extension SystemError {
    /// This process, or the system, has as many files open as it may.
    package var lacksDescriptors: Bool { [EMFILE, ENFILE].contains(code) }

    /// There are no descriptors, processes or memory left, for now.
    package var isExhausted: Bool { [EMFILE, ENFILE, EAGAIN, ENOMEM].contains(code) }
}
