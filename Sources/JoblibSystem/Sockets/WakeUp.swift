internal import CJoblibSystem

/// Something to poll together with other descriptors, so that another thread can end the waiting.
package final class WakeUp: Sendable {
    private let reading: FileDescriptor
    private let writing: FileDescriptor

    /// - Throws: `SystemError` when there are no descriptors left (`EMFILE`).
    package init() throws(SystemError) {
        var ends: (Int32, Int32) = (-1, -1)
        // Safe: the call fills two numbers, which is what the tuple holds.
        let result = unsafe withUnsafeMutableBytes(of: &ends) { buffer in
            unsafe joblib_pipe(buffer.assumingMemoryBound(to: Int32.self).baseAddress)
        }
        guard result == 0 else { throw SystemError(code: -result, operation: "make", path: "a pipe") }
        reading = FileDescriptor(owning: ends.0, naming: "wake-up")
        writing = FileDescriptor(owning: ends.1, naming: "wake-up")
    }

    /// Readable between ``signal()`` and ``clear()``.
    package var descriptor: Int32 { reading.number }

    /// Wakes who waits now, or else who waits next.
    package func signal() {
        let byte: [UInt8] = [0]
        // Safe: the buffer is the array's own. A full pipe (EAGAIN) has been signalled already.
        _ = unsafe byte.withUnsafeBytes { unsafe SystemCall.writeFile(writing.number, $0) }
    }

    /// Takes all signals back.
    package func clear() {
        // Safe: the buffer is filled by the call and thrown away; the descriptor never waits.
        unsafe withUnsafeTemporaryAllocation(byteCount: 256, alignment: 1) { buffer in
            while unsafe SystemCall.readFile(reading.number, into: buffer) == buffer.count {}
        }
    }
}
