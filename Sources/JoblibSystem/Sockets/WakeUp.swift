/// Something to poll together with other descriptors, so that another thread can end the waiting.
package final class WakeUp: Sendable {
    private let reading: FileDescriptor
    private let writing: FileDescriptor

    /// - Throws: `SystemError` when there are no descriptors left (`EMFILE`).
    package init() throws(SystemError) {
        let ends = try SystemCall.makePipe()
        reading = FileDescriptor(owning: ends.reading, naming: "wake-up")
        writing = FileDescriptor(owning: ends.writing, naming: "wake-up")
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
