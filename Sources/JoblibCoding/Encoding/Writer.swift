/// Writes values one after the other.
///
/// Values are written straight into the message. Only nested containers and super encoders, which may be filled later
/// than what follows them, have a writer of their own, which is inserted when the value around it is complete.
@safe final class Writer {
    let session: EncodingSession

    /// The path to this writer's first value.
    let parent: [PathComponent]
    let depth: Int

    /// What changes with each value. In memory of its own, because checking at run time that accesses to a class's
    /// properties do not overlap would take a sixth of the time.
    @safe private struct Hot {
        var count = 0
        var capacity: Int
        var bytes: UnsafeMutableRawPointer
        var frames: [Frame] = []
        var serial: UInt32 = 0
    }

    // Safe: allocated and freed by this object, and given to nobody. `capacity` bytes from `bytes` on are the object's
    // alone, `count` of them are initialised.
    private let hot: UnsafeMutablePointer<Hot>

    private(set) var count: Int {
        get { unsafe hot.pointee.count }
        set { unsafe hot.pointee.count = newValue }
    }
    private var capacity: Int { unsafe hot.pointee.capacity }
    private var bytes: UnsafeMutableRawPointer { unsafe hot.pointee.bytes }

    /// The values being written, each part of the one before.
    var frames: [Frame] {
        get { unsafe hot.pointee.frames }
        _modify { yield unsafe &hot.pointee.frames }
    }
    var serial: UInt32 {
        get { unsafe hot.pointee.serial }
        set { unsafe hot.pointee.serial = newValue }
    }

    /// Nested containers and super encoders of the values being written.
    // Unchecked, as are the marks: for the same reason as in `Hot`.
    @safe @exclusivity(unchecked) var pending: [Pending] = []

    /// In the canonical form, where the parts of the values being written begin.
    @safe @exclusivity(unchecked) var marks: [Int] = []

    init(_ session: EncodingSession, capacity: Int, parent: [PathComponent] = [], depth: Int = 0) {
        self.session = session
        self.parent = parent
        self.depth = depth
        unsafe hot = .allocate(capacity: 1)
        unsafe hot.initialize(
            to: Hot(capacity: capacity, bytes: .allocate(byteCount: capacity, alignment: 16))
        )
        frames.reserveCapacity(8)
    }

    deinit {
        unsafe bytes.deallocate()
        unsafe hot.deinitialize(count: 1)
        unsafe hot.deallocate()
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
        let new = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
        // Safe: both have room for `count` bytes.
        unsafe new.copyMemory(from: old, byteCount: count)
        unsafe old.deallocate()
        unsafe hot.pointee.bytes = new
        unsafe hot.pointee.capacity = larger
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
