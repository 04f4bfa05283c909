internal import Synchronization

/// The side of a ``FrameRing`` that receives. Threads take turns.
package final class FrameRingReader: Sendable {
    private struct State {
        var consumed: UInt64 = 0
        /// The other side's position when it was last looked at: it never goes back.
        var written: UInt64 = 0
        /// A frame that is larger than the ring, or of which the end was not there yet.
        var part: [UInt8] = []
        /// The length of the frame that is being received.
        var expected: Int?
        var failure: FrameRingError?
    }

    package let ring: FrameRing
    private let state = Mutex(State())

    init(_ ring: FrameRing) {
        self.ring = ring
    }

    /// Receives a frame; waits while there is none.
    ///
    /// - Parameters:
    ///   - maximumBytes: A longer frame counts as damage: its length is what another process says.
    ///   - deadline: On ``MonotonicClock``; 0: only what is there.
    /// - Throws: `FrameRingError`. After `.timedOut` it can be tried again; what has arrived is kept. After `.corrupt`
    ///   every further call throws the same.
    package func receive(
        maximumBytes: Int = 1 << 30,
        until deadline: UInt64 = Poll.forever
    ) throws(FrameRingError) -> [UInt8] {
        try state.withLock { state throws(FrameRingError) in
            if let failure = state.failure { throw failure }
            do throws(FrameRingError) {
                return try receive(&state, maximumBytes: maximumBytes, until: deadline)
            } catch {
                if case .corrupt = error { state.failure = error }
                throw error
            }
        }
    }

    /// Whether ``receive(maximumBytes:until:)`` has something to do at once; never after damage.
    package var hasArrivals: Bool {
        state.withLock { state in
            state.failure == nil
                && (state.written != state.consumed || ring.position(writtenBy: .writer) != state.written)
        }
    }

    private func receive(
        _ state: inout State,
        maximumBytes: Int,
        until deadline: UInt64
    ) throws(FrameRingError) -> [UInt8] {
        let count = try expectedCount(&state, maximumBytes: maximumBytes, until: deadline)
        // The whole frame is there: one copy into an array of its size.
        if state.part.isEmpty, available(state) >= count {
            let position = state.consumed
            // Safe: the array has room for `count` bytes, at most the capacity, and all of them are filled.
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                let whole = UnsafeMutableRawBufferPointer(buffer)
                unsafe ring.copyOut(UnsafeMutableRawBufferPointer(rebasing: whole[..<count]), at: position)
                filled = count
            }
            finish(count, &state)
            return bytes
        }
        while state.part.count < count {
            try waitForBytes(1, &state, until: deadline)
            let taken = min(available(state), count - state.part.count)
            let old = state.part.count
            // Room grows with what has arrived: a false length costs nothing.
            state.part.append(contentsOf: repeatElement(0, count: taken))
            let position = state.consumed
            // Safe: the part just added, not kept.
            unsafe state.part.withUnsafeMutableBytes { buffer in
                unsafe ring.copyOut(UnsafeMutableRawBufferPointer(rebasing: buffer[old...]), at: position)
            }
            state.consumed &+= UInt64(taken)
            ring.publish(state.consumed, by: .reader)
        }
        defer {
            state.part = []
            state.expected = nil
        }
        return state.part
    }

    private func expectedCount(
        _ state: inout State,
        maximumBytes: Int,
        until deadline: UInt64
    ) throws(FrameRingError) -> Int {
        if let expected = state.expected { return expected }
        try waitForBytes(FrameRingWriter.headCount, &state, until: deadline)
        var length: UInt64 = 0
        // Safe: eight bytes of ours.
        unsafe withUnsafeMutableBytes(of: &length) { unsafe ring.copyOut($0, at: state.consumed) }
        let count = Int(exactly: UInt64(littleEndian: length)) ?? .max
        guard count <= maximumBytes else { throw .corrupt("a frame of \(UInt64(littleEndian: length)) bytes") }
        state.consumed &+= UInt64(FrameRingWriter.headCount)
        state.expected = count
        return count
    }

    private func available(_ state: State) -> Int { Int(state.written &- state.consumed) }

    private func finish(_ count: Int, _ state: inout State) {
        state.consumed &+= UInt64(count)
        state.expected = nil
        ring.publish(state.consumed, by: .reader)
    }

    private func waitForBytes(_ count: Int, _ state: inout State, until deadline: UInt64) throws(FrameRingError) {
        if available(state) >= count { return }
        // Nothing more will come before the writer has room: it must know what was taken, such as a head alone.
        try ring.wait(as: .reader, until: deadline) { () throws(FrameRingError) in
            let written = ring.position(writtenBy: .writer)
            // Neither back nor further ahead than the ring is long: all else would have us read what was not written.
            guard written &- state.consumed <= UInt64(ring.capacity),
                written &- state.consumed >= state.written &- state.consumed
            else { throw .corrupt("\(written) bytes written, \(state.consumed) read") }
            state.written = written
            return Int(written &- state.consumed) >= count
        }
    }
}
