internal import CJoblibSystem

/// Arrays whose elements are pages of a file: nothing is read before it is touched.
///
/// As with ``MappedArray``, whose reasons for being safe hold here too, but the header of the array is written over the
/// bytes before the elements, in a copy of that page: so elements may begin anywhere in a file that is aligned as the
/// header must be, the file itself never changes, and the header stays whatever happens to the file.
///
/// The elements are the file's as long as nobody changes or truncates it. A page beyond the end of a file that has
/// become shorter ends the process (SIGBUS) when it is touched; who replaces a file by renaming changes nothing here.
package enum MappedFileArray {
    /// The elements in a file, or nil where they cannot be used in place.
    ///
    /// - Parameters:
    ///   - file: Its descriptor may be closed afterwards.
    ///   - offset: Where the first element lies.
    ///   - count: How many there are, in this machine's byte order. Any bits must be values of `Element`.
    package static func map<Element: BitwiseCopyable & Sendable>(
        _: Element.Type,
        in file: FileReader,
        at offset: Int,
        count: Int
    ) -> [Element]? {
        RetiredArrays.sweep()
        let (byteCount, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
        guard !overflow, count > 0, let size = file.size, offset >= ArrayHeader.byteCount, offset % 16 == 0,
            byteCount <= size, offset <= size - byteCount, ArrayHeader.works, let layout = ArrayLayout<Element>()
        else { return nil }
        var start: UnsafeMutableRawPointer?
        var mapped = 0
        // Safe: the call fills two variables of ours.
        let result = unsafe joblib_map_array(
            file.descriptor.number,
            UInt64(offset),
            byteCount,
            ArrayHeader.byteCount,
            &start,
            &mapped
        )
        guard result == 0, let start = unsafe start else { return nil }
        // Safe: the range ends with the last element, and its pages up to the header are writable.
        let storage = unsafe start + (mapped - byteCount - ArrayHeader.byteCount)
        unsafe layout.write(to: storage, count: count)
        let array = unsafe owned(storage, as: Element.self)
        unsafe RetiredArrays.retire(storage, mappedAt: start, byteCount: mapped)
        return array
    }

    /// An array with a reference of its own on a storage that is ours so far.
    ///
    /// The reference is written into the header and moved out of memory: one that Swift takes by itself, the optimiser
    /// might take later than the look that asks whether there is one.
    private static func owned<Element>(_ storage: UnsafeMutableRawPointer, as _: Element.Type) -> [Element] {
        unsafe storage.storeBytes(of: ArrayHeader.twoReferences, toByteOffset: 8, as: UInt.self)
        // Safe: an array is one pointer to its storage, and this one comes with its reference.
        return unsafe withUnsafeTemporaryAllocation(of: UnsafeMutableRawPointer.self, capacity: 1) { place in
            unsafe place.initializeElement(at: 0, to: storage)
            return unsafe UnsafeMutableRawPointer(place.baseAddress!).assumingMemoryBound(to: [Element].self).move()
        }
    }
}
