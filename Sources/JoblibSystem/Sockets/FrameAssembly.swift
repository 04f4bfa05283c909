internal import CJoblibSystem

/// A frame that arrives in pieces.
struct FrameAssembly {
    /// The head, then the body: longer than what has arrived.
    private var bytes: [UInt8] = [UInt8](repeating: 0, count: FrameHead.byteCount)
    private var filled = 0
    private var head: FrameHead?
    private var descriptors: [SharedDescriptor] = []
    /// What went wrong once goes wrong for ever: nobody knows where the next frame begins.
    private var failure: SystemError?

    /// Room that is made before bytes have arrived: a false length costs a megabyte and not the memory.
    private static let step = 1 << 20

    /// Receives what is there: the count, 0 at the end, or a negative errno.
    mutating func fill(from socket: Int32) -> Int {
        let end = head.map(\.bodyCount) ?? FrameHead.byteCount
        if filled == bytes.count {
            bytes.append(contentsOf: repeatElement(0, count: min(max(bytes.count, Self.step), end - filled)))
        }
        var count = 0
        let filled = filled
        // Safe: both buffers are ours and as long as the call is told; it fills `count` numbers of the second.
        let result = unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: FrameSocket.maximumDescriptors) {
            numbers in
            let result = unsafe bytes.withUnsafeMutableBytes { buffer in
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
                return unsafe joblib_receive(socket, rest.baseAddress, rest.count, numbers.baseAddress, &count)
            }
            for index in 0..<count {
                let descriptor = unsafe SharedDescriptor(owning: numbers[index], naming: "a received descriptor")
                // More than a frame may have: closed at once.
                if descriptors.count < FrameSocket.maximumDescriptors { descriptors.append(descriptor) }
            }
            return result
        }
        if result > 0 { self.filled += result }
        return result
    }

    /// The frame, if all of it is there.
    mutating func take(maximumBytes: Int) throws(SystemError) -> FrameSocket.Frame? {
        if let failure { throw failure }
        if head == nil {
            guard filled == FrameHead.byteCount else { return nil }
            guard let found = FrameHead(decoding: bytes[...]) else { throw fail(SystemCall.badMessage) }
            guard found.bodyCount <= maximumBytes else { throw fail(SystemCall.messageTooLarge) }
            head = found
            filled = 0
            bytes = [UInt8](repeating: 0, count: min(found.bodyCount, Self.step))
        }
        guard let head, filled == head.bodyCount else { return nil }
        let frame = FrameSocket.Frame(bytes: bytes, descriptors: descriptors)
        self = FrameAssembly()
        // The kernel drops descriptors for which this process has no numbers left, and says nothing of them.
        guard frame.descriptors.count == head.descriptorCount else {
            throw SystemError(code: SystemCall.tooManyFiles, operation: "receive from", path: "worker socket")
        }
        return frame
    }

    private mutating func fail(_ code: Int32) -> SystemError {
        let error = SystemError(code: code, operation: "receive from", path: "worker socket")
        failure = error
        return error
    }
}
