/// The bytes of an entry that is to be stored: what ``MemoryStore/put(_:for:)`` is given.
public struct EntryContent: Sendable {
    let head: [UInt8]
    let arrays: [CollectedArray]

    /// How many bytes there are.
    public let byteCount: Int

    init(head: [UInt8], arrays: [CollectedArray], byteCount: Int) {
        self.head = head
        self.arrays = arrays
        self.byteCount = byteCount
    }

    /// Any bytes: for the tests of a store.
    public init(bytes: [UInt8]) {
        self.init(head: bytes, arrays: [], byteCount: bytes.count)
    }

    /// Calls `body` with the bytes, part by part in their order; large arrays are not copied.
    ///
    /// - Parameter body: Gets each part, which is valid during the call only.
    /// - Throws: What `body` throws.
    public func forEachPart(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        // Safe: the arrays hold the bytes during the calls.
        try unsafe head.withUnsafeBytes { try unsafe body($0) }
        var place = head.count
        for array in arrays {
            let padding = [UInt8](repeating: 0, count: array.place - place)
            try unsafe padding.withUnsafeBytes { try unsafe body($0) }
            try unsafe array.withBytes { try unsafe body($0) }
            place = array.place + array.byteCount
        }
    }

    /// A copy of all bytes.
    public var bytes: [UInt8] {
        if arrays.isEmpty { return head }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount)
        // The body does not throw.
        unsafe try? forEachPart { unsafe bytes.append(contentsOf: $0) }
        return bytes
    }
}
