internal import Synchronization

/// Values that are found once, kept for the life of the process, and looked up by many threads without a lock.
///
/// Each bucket is a chain of nodes that never change and never go away; a new one is put in front.
@safe
final class PermanentTable<Value: Sendable>: Sendable {
    private struct Node {
        var key: UInt
        var value: Value
        /// The next node's address; 0 for none.
        var next: UInt
    }

    private static var bucketCount: Int { 1024 }

    // Never freed and only changed by atomic operations; nodes are complete before their address is published.
    private nonisolated(unsafe) let buckets: UnsafeMutablePointer<Atomic<UInt>>

    /// A table is for a `static let`: it has no end.
    init() {
        unsafe buckets = .allocate(capacity: Self.bucketCount)
        for index in 0..<Self.bucketCount { unsafe (buckets + index).initialize(to: Atomic(0)) }
    }

    subscript(key: UInt) -> Value? {
        var place = unsafe buckets[Self.bucket(of: key)].load(ordering: .acquiring)
        while let node = unsafe UnsafePointer<Node>(bitPattern: place) {
            if unsafe node.pointee.key == key { return unsafe node.pointee.value }
            place = unsafe node.pointee.next
        }
        return nil
    }

    /// Adds a value; of two for one key, which two threads found at once, either may be given later.
    func insert(_ value: Value, for key: UInt) {
        let node = UnsafeMutablePointer<Node>.allocate(capacity: 1)
        let bucket = Self.bucket(of: key)
        var head = unsafe buckets[bucket].load(ordering: .relaxed)
        unsafe node.initialize(to: Node(key: key, value: value, next: head))
        while true {
            let (exchanged, original) = unsafe buckets[bucket].weakCompareExchange(
                expected: head,
                desired: UInt(bitPattern: node),
                ordering: .releasing
            )
            if exchanged { return }
            head = original
            unsafe node.pointee.next = head
        }
    }

    private static func bucket(of key: UInt) -> Int {
        // The upper half of a product with 2^64 / golden ratio: addresses differ in their middle bits most.
        Int(truncatingIfNeeded: (UInt64(key) &* 0x9e37_79b9_7f4a_7c15) >> 54)
    }
}
