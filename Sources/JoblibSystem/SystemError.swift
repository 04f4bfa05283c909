internal import CJoblibSystem

/// A system call that failed: what was tried, on what, and the system's reason.
package struct SystemError: Error, Sendable, Hashable {
    /// The error number (`errno`) of the call.
    package var code: Int32

    /// What was tried, as a verb: `"open"`, `"read"`, `"write"`, `"rename"`, `"start"`, `"map"`.
    package var operation: String

    /// The path as the caller wrote it, or the name of what has none, such as "worker socket".
    package var path: String

    package init(code: Int32, operation: String, path: String) {
        self.code = code
        self.operation = operation
        self.path = path
    }

    /// The other end of a connection is gone: its process has ended or let go of it.
    package var isPeerGone: Bool { code == SystemCall.brokenPipe || code == SystemCall.connectionReset }

    /// Too many descriptors of this user are on their way between processes: when some have arrived it can be tried again.
    package var isCrowded: Bool { code == SystemCall.tooManyReferences }

    /// A deadline has passed.
    package var isTimeout: Bool { code == SystemCall.timedOut }

    /// The system's words for an error number, such as "No such file or directory".
    package static func text(of code: Int32) -> String {
        // Safe: the C function writes at most `count` bytes and always ends them with a zero.
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            guard let start = buffer.baseAddress else { return "error" }
            unsafe joblib_error_text(code, start, buffer.count)
            return unsafe String(cString: start)
        }
    }
}

extension SystemError: CustomStringConvertible {
    /// For example: `cannot write "runs/x.svg": No such file or directory (errno 2)`.
    package var description: String {
        // Quoted with escapes, so that a line break in a name does not break the message.
        let place = path.debugDescription
        let attempt = operation == "rename" ? "move the finished file to" : operation
        return "cannot \(attempt) \(place): \(Self.text(of: code)) (errno \(code))"
    }
}
