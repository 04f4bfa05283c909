internal import CJoblibSystem

/// The signals that ask this process to end, in the order in which they came.
///
/// For programs that wait for descriptors anyway. Where Ctrl-C is to end a call of the library, ``InterruptWatch`` is
/// what to use. There is one per process, for good.
package final class SignalQueue {
    /// What came.
    package enum Request: Sendable, Hashable {
        /// Ctrl-C.
        case interrupt
        /// `kill`.
        case terminate
        /// The terminal is gone.
        case hangUp

        /// As the shell names the end by such a signal: 128 and its number.
        package var exitCode: Int32 {
            switch self {
            case .interrupt: 130
            case .terminate: 143
            case .hangUp: 129
            }
        }
    }

    private let reading: FileDescriptor
    private let writing: FileDescriptor

    /// - Throws: `SystemError` when there are no descriptors left.
    package init() throws(SystemError) {
        let ends = try SystemCall.makePipe()
        reading = FileDescriptor(owning: ends.reading, naming: "signals")
        writing = FileDescriptor(owning: ends.writing, naming: "signals")
        let installed = joblib_watch_signals(writing.number)
        guard installed == 0 else { throw SystemError(code: -installed, operation: "watch", path: "signals") }
    }

    /// Readable when something has come.
    package var descriptor: Int32 { reading.number }

    /// What has come since the last call.
    package func take() -> [Request] {
        // Safe: only bytes that the call has written are looked at.
        unsafe withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { buffer in
            let count = unsafe SystemCall.readFile(reading.number, into: buffer)
            guard count > 0 else { return [] }
            return unsafe buffer[..<count].map { byte in
                switch Int32(byte) {
                case SystemCall.number(of: .interrupt): .interrupt
                case SystemCall.number(of: .terminate): .terminate
                default: .hangUp
                }
            }
        }
    }
}
