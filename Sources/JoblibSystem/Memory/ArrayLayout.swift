/// How Swift lays an array's storage out, as far as ``MappedArray`` depends on it.
///
/// Four words precede the elements: the storage's class, its reference count, the count of elements, and twice the
/// capacity with a flag in the lowest bit. That is fixed by the binary interface on Darwin and has not changed since
/// Swift 5 elsewhere, but no document promises it: so it is looked at in a real array before it is relied upon.
struct ArrayLayout<Element> {
    /// The header of an empty array with room for one element.
    private let model: (UInt, UInt, UInt, UInt)

    /// nil when arrays of this element do not look as expected.
    init?() {
        // Elements with a larger alignment begin further behind.
        let isPlain = MemoryLayout<Element>.stride > 0 && MemoryLayout<Element>.alignment <= 16
        guard MemoryLayout<UInt>.size == 8, MemoryLayout<[Element]>.size == 8, isPlain else { return nil }
        guard let model = Self.model() else { return nil }
        self.model = model
    }

    /// Writes the header of an array whose elements follow it; its one reference belongs to the caller.
    func write(to storage: UnsafeMutableRawPointer, count: Int) {
        unsafe storage.storeBytes(of: model.0, as: UInt.self)
        unsafe storage.storeBytes(of: ArrayHeader.oneReference, toByteOffset: 8, as: UInt.self)
        unsafe storage.storeBytes(of: UInt(count), toByteOffset: 16, as: UInt.self)
        unsafe storage.storeBytes(of: UInt(count) << 1 | model.3 & 1, toByteOffset: 24, as: UInt.self)
    }

    /// Never inlined: the optimiser must not know this array, or it might never make it.
    @inline(never)
    private static func model() -> (UInt, UInt, UInt, UInt)? {
        var sample: [Element] = []
        sample.reserveCapacity(1)
        return withExtendedLifetime(sample) {
            let start = unsafe sample.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
            // Safe: an array is one pointer, which the caller has checked, and its elements begin 32 bytes behind what
            // it points to, which is checked here; both lie in one allocation.
            let storage = unsafe unsafeBitCast(sample, to: UnsafePointer<(UInt, UInt, UInt, UInt)>.self)
            guard start == UInt(bitPattern: storage) + UInt(ArrayHeader.byteCount) else { return nil }
            let words = unsafe storage.pointee
            return ArrayHeader.isExpected(words, count: 0, capacity: sample.capacity) ? words : nil
        }
    }
}
