import BenchmarkServing

/// An output that can be filled across suspensions, which an array's uninitialised storage cannot be.
// Sendable: threads write disjoint ranges, and the owner reads only after the last of them.
@safe
final class Storage<Element: Checksummed>: @unchecked Sendable {
    private let base: UnsafeMutablePointer<Element>
    private let count: Int

    init(uninitializedCount count: Int) {
        self.count = count
        // Elements are numbers: they need no deinitialisation, and whoever makes the storage fills all of it.
        unsafe base = .allocate(capacity: count)
    }

    deinit {
        // Allocated in `init`, given to nobody for longer than a call.
        unsafe base.deallocate()
    }

    @inline(__always)
    func fill<Source>(_ range: Range<Int>, from values: [Source], _ body: (Source) -> Element) {
        // `range` lies within both buffers, which outlive this call.
        unsafe values.withUnsafeBufferPointer { source in
            guard let start = source.baseAddress else {
                return
            }
            // As above; an empty array has no address and nothing to fill.
            unsafe Slots(source: start, target: base).fill(range, body)
        }
    }

    var checksum: UInt64 {
        // All elements are written by now.
        unsafe UnsafeBufferPointer(start: base, count: count).reduce(0) { $0 &+ $1.checksumBits }
    }
}
