internal import CJoblibSystem
internal import Synchronization

/// One end of a connection between two processes of this machine: frames of bytes, with open descriptors.
///
/// A stream, not packets: a frame may be larger than the kernel's buffer, and Darwin has no packets here. When the other
/// process dies, however it dies, this end reads an end. Several threads may use it; frames never mix.
package final class FrameSocket: Sendable {
    /// What one send carries to one receive.
    package struct Frame: Sendable {
        package var bytes: [UInt8]
        package var descriptors: [SharedDescriptor]
    }

    /// What a receive has led to.
    package enum Reception: Sendable {
        case frame(Frame)
        /// The other end is closed; what it had begun is lost.
        case ended
        /// The deadline passed. What has arrived is kept for the next receive.
        case timedOut
    }

    /// How many descriptors a frame carries at most.
    package static let maximumDescriptors = Int(joblib_message_descriptors)

    /// The socket, to be watched or inherited.
    package let descriptor: SharedDescriptor
    private let arriving = Mutex(FrameAssembly())
    /// True when half a frame was sent and never can be ended: what follows would be taken for its rest.
    private let isCut = Mutex(false)

    /// Takes over a connected socket.
    package init(owning number: Int32) {
        descriptor = SharedDescriptor(owning: number, naming: Self.name)
    }

    private static let name = "worker socket"

    /// Two connected ends, both closed on exec.
    ///
    /// - Throws: `SystemError` when there are no descriptors left (`EMFILE`).
    package static func pair() throws(SystemError) -> (FrameSocket, FrameSocket) {
        var ends: (Int32, Int32) = (-1, -1)
        // Safe: the call fills two numbers, which is what the tuple holds.
        let result = unsafe withUnsafeMutableBytes(of: &ends) { buffer in
            unsafe joblib_socket_pair(buffer.assumingMemoryBound(to: Int32.self).baseAddress)
        }
        guard result == 0 else { throw SystemError(code: -result, operation: "make", path: name) }
        return (FrameSocket(owning: ends.0), FrameSocket(owning: ends.1))
    }

    /// Ends the connection for both sides, also for a thread that waits in a receive.
    package func shutDown() {
        SystemCall.shutDown(descriptor.number)
    }

    /// Sends a frame.
    ///
    /// - Parameters:
    ///   - bytes: At most 4 GiB.
    ///   - descriptors: At most ``maximumDescriptors``; they stay open here.
    ///   - deadline: On ``MonotonicClock``.
    /// - Throws: `SystemError`: `isPeerGone` when the other end is closed; `isTimeout`, and then nothing can be sent any
    ///   more if the frame was begun; `EMSGSIZE` for too many bytes or descriptors.
    package func send(
        _ bytes: [UInt8],
        descriptors: [Int32] = [],
        until deadline: UInt64 = Poll.forever
    ) throws(SystemError) {
        guard let head = FrameHead(byteCount: bytes.count, descriptorCount: descriptors.count) else {
            throw failure(SystemCall.messageTooLarge)
        }
        try isCut.withLock { isCut throws(SystemError) in
            guard !isCut else { throw failure(SystemCall.brokenPipe) }
            var done = 0
            do throws(SystemError) {
                while done < FrameHead.byteCount + bytes.count {
                    // The descriptors travel with the first byte.
                    let result = push(head.encoded, bytes, from: done, descriptors: done == 0 ? descriptors : [])
                    if result >= 0 {
                        done += result
                    } else if result != -Int(SystemCall.mustWait) {
                        throw failure(Int32(-result))
                    } else if !(try Poll.wait(for: descriptor.number, .writable, until: deadline)) {
                        throw failure(SystemCall.timedOut)
                    }
                }
            } catch {
                isCut = done > 0
                throw error
            }
        }
    }

    /// Receives a frame.
    ///
    /// - Parameters:
    ///   - maximumBytes: A longer frame is an error (`EMSGSIZE`), after which nothing more can be received.
    ///   - deadline: On ``MonotonicClock``.
    /// - Throws: `SystemError`: `EBADMSG` when the other end does not speak in frames; `EMFILE` when its descriptors
    ///   found no room here (the connection can still be used).
    package func receive(
        maximumBytes: Int = 1 << 30,
        until deadline: UInt64 = Poll.forever
    ) throws(SystemError) -> Reception {
        try arriving.withLock { assembly throws(SystemError) in
            while true {
                if let frame = try assembly.take(maximumBytes: maximumBytes) { return .frame(frame) }
                let result = assembly.fill(from: descriptor.number)
                if result > 0 { continue }
                if result == -Int(SystemCall.mustWait) {
                    guard try Poll.wait(for: descriptor.number, until: deadline) else { return .timedOut }
                } else if result == 0 || result == -Int(SystemCall.connectionReset) {
                    return .ended
                } else {
                    throw SystemError(code: Int32(-result), operation: "receive from", path: Self.name)
                }
            }
        }
    }

    private func failure(_ code: Int32) -> SystemError {
        SystemError(code: code, operation: "send to", path: Self.name)
    }

    private func push(_ head: [UInt8], _ body: [UInt8], from done: Int, descriptors: [Int32]) -> Int {
        // Safe: both buffers are the rests of the arrays, and the call keeps none.
        unsafe head.withUnsafeBytes { head in
            unsafe body.withUnsafeBytes { body in
                let head = unsafe UnsafeRawBufferPointer(rebasing: head[min(done, head.count)...])
                let bodyStart = max(done - FrameHead.byteCount, 0)
                let body = unsafe UnsafeRawBufferPointer(rebasing: body[bodyStart...])
                return unsafe joblib_send(
                    descriptor.number,
                    head.baseAddress,
                    head.count,
                    body.baseAddress,
                    body.count,
                    descriptors,
                    descriptors.count
                )
            }
        }
    }
}
