internal import CJoblibSystem
internal import Synchronization

/// A ring of bytes in memory that two processes share: one of them writes frames, the other reads them.
///
/// ```
/// byte     0  written    how many bytes were ever written; only the writer stores it
///        128  consumed   how many bytes were ever read; only the reader stores it
///        256  reader sleeps (0 or 1), on which it sleeps
///        384  writer sleeps
///       4096  the bytes: number n lies at n modulo the capacity
/// ```
///
/// Each word has a cache line (and its neighbour) of its own, so that the two sides disturb each other only when they
/// have to. A frame is its length in eight bytes and its body; both wrap around like everything else.
///
/// ## Order
///
/// The writer stores bytes, then `written` with release; the reader loads `written` with acquire, then the bytes: what it
/// counts on is there. The same holds, the other way round, for `consumed` and the room that it gives back.
///
/// Sleeping needs more: "I set my flag, then look at your count" on one side and "I store my count, then look at your
/// flag" on the other must not both miss. Release and acquire allow that, because a store may be seen after a later load;
/// a full fence between the two on each side does not.
///
/// ## Trust
///
/// The other process may be dying, or its memory broken. Nothing read from the ring is used as it is: each side keeps its
/// own position privately and checks the other's against it and the capacity, which is private, too; lengths are bounded
/// by the receiver; bodies are copied out before anybody looks at them.
@safe
package final class FrameRing: Sendable {
    // Offsets are computed from private, checked numbers; the mapping lives as long as this object.
    private nonisolated(unsafe) let base: UnsafeMutableRawPointer
    private let mapping: Mapping
    /// A power of two.
    let capacity: Int
    /// How often a side looks again before it sleeps.
    let spins: Int
    private let ended = Atomic<Bool>(false)

    /// Which side's flag.
    enum Side {
        case reader
        case writer
    }

    static let dataOffset = 4096
    private static let writtenOffset = 0
    private static let consumedOffset = 128

    /// Lays a ring over memory that is all zero or that the other side has laid its ring over.
    ///
    /// - Parameters:
    ///   - mapping: Writable.
    ///   - offset: A multiple of 4096.
    ///   - capacity: A power of two, the same on both sides; agreed upon outside of the ring.
    ///   - spins: How often to look before sleeping; about 40 nanoseconds each.
    init?(in mapping: Mapping, offset: Int, capacity: Int, spins: Int) {
        guard let bytes = unsafe mapping.mutableBytes, let start = bytes.baseAddress, offset >= 0, offset % 4096 == 0,
            capacity >= 64, capacity.nonzeroBitCount == 1, capacity <= bytes.count - Self.dataOffset,
            offset <= bytes.count - Self.dataOffset - capacity
        else { return nil }
        self.mapping = mapping
        unsafe base = start + offset
        self.capacity = capacity
        self.spins = spins
    }

    /// Ends the waiting on this side, now and later: for whoever learns that the other process is gone.
    ///
    /// Frames that arrived whole can still be received.
    package func end() {
        // Before the flags: a side that sets its flag afterwards sees this when it looks again before it sleeps.
        ended.store(true, ordering: .sequentiallyConsistent)
        wake(.reader)
        wake(.writer)
    }

    var isEnded: Bool { ended.load(ordering: .sequentiallyConsistent) }

    /// How many bytes the other side says were written (for the reader) or consumed (for the writer), unchecked.
    func position(writtenBy side: Side) -> UInt64 {
        // Safe: within the ring's first page.
        unsafe joblib_load_acquire(base + offset(of: side))
    }

    /// Tells the other side, and wakes it if it sleeps.
    func publish(_ position: UInt64, by side: Side) {
        // Safe: within the ring's first page.
        unsafe joblib_store_release(base + offset(of: side), position)
        joblib_full_fence()
        let other: Side = side == .writer ? .reader : .writer
        if unsafe joblib_load_flag(flag(of: other)) != 0 { wake(other) }
    }

    /// Copies bytes into the ring; `count` is at most the capacity.
    func copyIn(_ source: UnsafeRawBufferPointer, at position: UInt64) {
        let place = Int(truncatingIfNeeded: position & UInt64(capacity - 1))
        let first = min(source.count, capacity - place)
        guard let from = source.baseAddress, source.count <= capacity else { return }
        // Safe: `place` is below the capacity, and each part ends at most at it.
        unsafe (base + Self.dataOffset + place).copyMemory(from: from, byteCount: first)
        unsafe (base + Self.dataOffset).copyMemory(from: from + first, byteCount: source.count - first)
    }

    /// Copies bytes out of the ring; `target.count` is at most the capacity.
    func copyOut(_ target: UnsafeMutableRawBufferPointer, at position: UInt64) {
        let place = Int(truncatingIfNeeded: position & UInt64(capacity - 1))
        let first = min(target.count, capacity - place)
        guard let to = target.baseAddress, target.count <= capacity else { return }
        // Safe: as above. The other side may write at the same time, if it breaks the rules: the bytes are then any.
        unsafe to.copyMemory(from: base + Self.dataOffset + place, byteCount: first)
        unsafe (to + first).copyMemory(from: base + Self.dataOffset, byteCount: target.count - first)
    }

    /// Waits until `isReady`: looks for a while, then sleeps.
    ///
    /// - Throws: `.ended`, `.timedOut`, or what `isReady` throws.
    @inline(__always)
    func wait(
        as side: Side,
        until deadline: UInt64,
        _ isReady: () throws(FrameRingError) -> Bool
    ) throws(FrameRingError) {
        if try isReady() { return }
        // A deadline of 0 asks for a look.
        if try Spin.look(deadline == 0 ? 0 : spins, isReady) { return }
        try sleep(as: side, until: deadline, isReady)
    }

    @inline(never)
    private func sleep(
        as side: Side,
        until deadline: UInt64,
        _ isReady: () throws(FrameRingError) -> Bool
    ) throws(FrameRingError) {
        let flag = unsafe flag(of: side)
        defer { unsafe joblib_store_flag(flag, 0) }
        while true {
            unsafe joblib_store_flag(flag, 1)
            joblib_full_fence()
            // Asked before the last look, so that what was written before the end is not lost.
            let isOver = isEnded
            if try isReady() { return }
            if isOver { throw .ended }
            // The kernel compares the flag itself: a wake-up between the look and the sleep is not lost either.
            let isInTime = unsafe joblib_sleep_on(flag, 1, deadline)
            if try isReady() { return }
            if !isInTime { throw .timedOut }
        }
    }

    private func wake(_ side: Side) {
        // Safe: within the ring's first page.
        unsafe joblib_store_flag(flag(of: side), 0)
        unsafe joblib_wake(flag(of: side))
    }

    private func offset(of side: Side) -> Int {
        side == .writer ? Self.writtenOffset : Self.consumedOffset
    }

    private func flag(of side: Side) -> UnsafeMutableRawPointer {
        unsafe base + (side == .reader ? 256 : 384)
    }
}
