internal import Synchronization

/// The side of a ``FrameRing`` that sends. Threads take turns.
package final class FrameRingWriter: Sendable {
    private struct State {
        var written: UInt64 = 0
        /// The other side's position when it was last looked at: it never goes back.
        var consumed: UInt64 = 0
        var isBroken = false
    }

    package let ring: FrameRing
    private let state = Mutex(State())

    init(_ ring: FrameRing) {
        self.ring = ring
    }

    /// Sends a frame; waits while the ring is full.
    ///
    /// A frame that fits into the ring appears at once; a larger one is passed on in parts while the reader makes room.
    ///
    /// - Parameters:
    ///   - bytes: Any number of them.
    ///   - deadline: On ``MonotonicClock``; 0: only if there is room now.
    ///   - announce: Called each time before this thread waits for room: a reader that sleeps elsewhere than on the ring
    ///     has to be woken, or both would wait for ever.
    /// - Throws: `FrameRingError`. After `.timedOut` it can be tried again, unless the frame was larger than the ring.
    package func send(
        _ bytes: [UInt8],
        until deadline: UInt64 = Poll.forever,
        beforeWaiting announce: () -> Void = {}
    ) throws(FrameRingError) {
        try state.withLock { state throws(FrameRingError) in
            if state.isBroken { throw .broken }
            if ring.isEnded { throw .ended }
            let total = Self.headCount + bytes.count
            if total <= ring.capacity {
                try waitForRoom(total, &state, until: deadline, announce)
                put(head(bytes.count), &state)
                put(bytes[...], &state)
                ring.publish(state.written, by: .writer)
            } else {
                try stream(bytes, &state, until: deadline, announce)
            }
        }
    }

    static let headCount = 8

    private func stream(
        _ bytes: [UInt8],
        _ state: inout State,
        until deadline: UInt64,
        _ announce: () -> Void
    ) throws(FrameRingError) {
        try waitForRoom(Self.headCount, &state, until: deadline, announce)
        put(head(bytes.count), &state)
        do throws(FrameRingError) {
            var done = 0
            while done < bytes.count {
                try waitForRoom(1, &state, until: deadline, announce)
                let room = ring.capacity - Int(state.written &- state.consumed)
                // A quarter at a time: the reader copies one part while the next is written.
                let count = min(bytes.count - done, room, ring.capacity / 4)
                put(bytes[done..<done + count], &state)
                done += count
                ring.publish(state.written, by: .writer)
            }
        } catch {
            state.isBroken = true
            throw error
        }
    }

    private func waitForRoom(
        _ count: Int,
        _ state: inout State,
        until deadline: UInt64,
        _ announce: () -> Void
    ) throws(FrameRingError) {
        // What was free at the last look is still free: the common case reads nothing that the other side writes.
        if hasRoom(count, state) { return }
        try look(&state)
        if hasRoom(count, state) { return }
        announce()
        try ring.wait(as: .writer, until: deadline) { () throws(FrameRingError) in
            try look(&state)
            return hasRoom(count, state)
        }
    }

    private func hasRoom(_ count: Int, _ state: State) -> Bool {
        Int(state.written &- state.consumed) + count <= ring.capacity
    }

    private func look(_ state: inout State) throws(FrameRingError) {
        let consumed = ring.position(writtenBy: .reader)
        // Between where it was and where we are; all else would let us write over bytes that were not read.
        guard consumed &- state.consumed <= state.written &- state.consumed else {
            throw .corrupt("\(consumed) bytes read of \(state.written)")
        }
        state.consumed = consumed
    }

    private func head(_ count: Int) -> ArraySlice<UInt8> {
        (0..<Self.headCount).map { UInt8(truncatingIfNeeded: count >> ($0 * 8)) }[...]
    }

    private func put(_ bytes: ArraySlice<UInt8>, _ state: inout State) {
        // Safe: the slice's own memory, not kept.
        unsafe bytes.withUnsafeBytes { unsafe ring.copyIn($0, at: state.written) }
        state.written &+= UInt64(bytes.count)
    }
}
