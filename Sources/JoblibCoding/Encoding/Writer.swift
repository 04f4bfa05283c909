/// Writes values one after the other.
///
/// Values are written straight into the message. Only nested containers and super encoders, which may be filled later
/// than what follows them, have a writer of their own, which is inserted when the value around it is complete.
// One thread uses it, and no access to a property calls code of others: checking that accesses do not overlap would
// take a sixth of the time.
@safe final class Writer {
    let session: EncodingSession

    /// The path to this writer's first value.
    let parent: [PathComponent]
    let depth: Int

    @exclusivity(unchecked) private(set) var count = 0
    @exclusivity(unchecked) private var capacity: Int
    // Safe: `capacity` bytes from the allocation on are this object's alone, `count` of them are initialised.
    private(set) var bytes: UnsafeMutableRawPointer

    /// The values being written, each part of the one before.
    @exclusivity(unchecked) var frames: [Frame] = []
    @exclusivity(unchecked) var serial: UInt32 = 0

    /// Nested containers and super encoders of the values being written.
    @exclusivity(unchecked) var pending: [Pending] = []

    /// In the canonical form, where the parts of the values being written begin.
    @exclusivity(unchecked) var marks: [Int] = []

    init(_ session: EncodingSession, capacity: Int, parent: [PathComponent] = [], depth: Int = 0) {
        self.session = session
        self.parent = parent
        self.depth = depth
        self.capacity = capacity
        unsafe bytes = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit {
        unsafe bytes.deallocate()
    }

    /// Makes room for `more` bytes.
    @inline(__always)
    func reserve(_ more: Int) throws {
        if capacity - count < more { try grow(more) }
    }

    @inline(never)
    private func grow(_ more: Int) throws {
        let (needed, overflow) = count.addingReportingOverflow(more)
        // A reservation may be for a few bytes more than are used.
        guard !overflow, needed - 16 <= session.limits.bytes, needed <= MessageHeader.largestBody else {
            throw problem(.tooLong(session.limits.bytes))
        }
        let larger = max(needed, capacity * 2)
        let old = unsafe bytes
        unsafe bytes = .allocate(byteCount: larger, alignment: 16)
        // Safe: both have room for `count` bytes.
        unsafe bytes.copyMemory(from: old, byteCount: count)
        unsafe old.deallocate()
        capacity = larger
    }

    /// Forgets what was written from `count` on.
    func truncate(to count: Int) {
        precondition(count <= self.count, "only what was written can be forgotten")
        self.count = count
    }

    /// Stores without looking for room: after `reserve`.
    @inline(__always)
    func store(_ byte: UInt8) {
        assert(count < capacity)
        // Safe: there is room.
        unsafe bytes.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count &+= 1
    }

    /// Stores without looking for room: after `reserve`.
    @inline(__always)
    func store<T: FixedWidthInteger & BitwiseCopyable>(_ value: T) {
        assert(capacity - count >= MemoryLayout<T>.size)
        // Safe: there is room.
        unsafe bytes.storeBytes(of: value.littleEndian, toByteOffset: count, as: T.self)
        count &+= MemoryLayout<T>.size
    }

    /// Stores without looking for room: after `reserve`.
    @inline(__always)
    func store(_ other: UnsafeRawBufferPointer) {
        assert(capacity - count >= other.count)
        if let start = other.baseAddress {
            // Safe: there is room.
            unsafe (bytes + count).copyMemory(from: start, byteCount: other.count)
            count &+= other.count
        }
    }

    /// Changes bytes that are written already.
    func overwrite<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, at offset: Int) {
        precondition(offset >= 0 && offset + MemoryLayout<T>.size <= count, "outside of what was written")
        // Safe: checked above.
        unsafe bytes.storeBytes(of: value.littleEndian, toByteOffset: offset, as: T.self)
    }

    /// All that was written; only valid until the next change.
    var written: UnsafeRawBufferPointer {
        // Safe: `count` bytes are initialised.
        unsafe UnsafeRawBufferPointer(start: bytes, count: count)
    }
}
