internal import CJoblibSystem

/// What the layout of arrays comes to, whatever their elements.
enum ArrayHeader {
    static let byteCount = 32

    /// Whether the layout that ``ArrayLayout`` describes works: one full use of an array that Swift did not make, on
    /// ordinary memory, once in a process.
    static let works = rehearsal()

    /// Whether four words are the header of an array with ordinary references.
    static func isExpected(_ words: (UInt, UInt, UInt, UInt), count: Int, capacity: Int) -> Bool {
        // The low half: one unowned reference, not immortal. The high half counts strong ones beyond the first (debug
        // builds hold a few during the look), twice; in a side table or for immortal objects it has its highest bit.
        words.0 != 0 && words.1 & 0xffff_ffff == oneReference && words.1 >> 32 < 64 && words.2 == UInt(count)
            && words.3 >> 1 == UInt(capacity)
    }

    /// The second word of an object with one strong reference.
    static let oneReference: UInt = 3

    /// The same with two.
    static let twoReferences: UInt = oneReference + 1 << 33

    @inline(never)
    private static func rehearsal() -> Bool {
        guard let layout = ArrayLayout<Int64>() else { return false }
        let count = 5
        // Safe: header and elements fit; the storage keeps our reference to the end, so that Swift never frees it.
        return unsafe withUnsafeTemporaryAllocation(byteCount: byteCount + count * 8, alignment: 16) { buffer in
            guard let storage = buffer.baseAddress else { return false }
            unsafe layout.write(to: storage, count: count)
            for index in 0..<count {
                unsafe storage.storeBytes(of: Int64(index), toByteOffset: byteCount + index * 8, as: Int64.self)
            }
            let isRight = unsafe use(storage, count: count)
            // Left as it was found: a reference that is still out would outlive the memory.
            return unsafe isRight && joblib_is_uniquely_referenced(storage)
        }
    }

    @inline(never)
    private static func use(_ storage: UnsafeMutableRawPointer, count: Int) -> Bool {
        // Safe: the header was written as that of an array; the copy takes a reference of its own.
        let array = unsafe unsafeBitCast(storage, to: [Int64].self)
        guard array.count == count, array.capacity == count, array.elementsEqual(0..<Int64(count)) else { return false }
        if unsafe joblib_is_uniquely_referenced(storage) { return false }
        var changed = array
        changed[0] = 7
        changed.append(8)
        return array[0] == 0 && array.count == count && changed == [7, 1, 2, 3, 4, 8]
    }
}
