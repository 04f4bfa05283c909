internal import CJoblibSystem
internal import Synchronization

/// An array whose elements are pages of shared memory: no copy is made, whatever its size.
///
/// ## Why this is safe
///
/// The array's header (see ``ArrayLayout``) is written at the end of a page of our own, directly before the mapped pages;
/// so its storage looks to Swift like any other array's. Then:
///
/// * *Swift never frees it.* Its first reference is ours and is given back by nobody, so the count never reaches zero.
/// * *Swift never writes to it.* Writing in place needs a storage with one reference; whoever holds the array adds one to
///   ours, so every change goes to a fresh array on the heap. The pages are mapped read-only: if that reasoning were
///   wrong, the process would end and not change what others read.
/// * *It is unmapped only when nobody can read it*: when ours is the only reference left. Slices, iterators and buffers
///   keep the storage alive by such references, as they do for every array. Otherwise it stays until a later look.
/// * *The elements do not change* while they are mapped, which is the owner's promise; ``SharedMemory/freeze()`` has the
///   kernel keep it. All bit patterns must be values of `Element`, which numbers allow.
///
/// Where the layout is not as expected, the elements are copied to an ordinary array.
@safe
package final class MappedArray<Element: Sendable>: Sendable {
    // Immutable after init but for the reference count, which is atomic.
    private nonisolated(unsafe) let storage: UnsafeMutableRawPointer?
    private let byteCount: Int
    /// The elements where they could not be used in place.
    private let copy: [Element]

    /// Maps an array.
    ///
    /// - Parameters:
    ///   - memory: Where the elements lie, in this machine's byte order.
    ///   - offset: Where the first one lies, a multiple of ``SharedMemory/pageSize``.
    ///   - count: How many there are. `Element` is a type of plain bits, such as a number or a vector of numbers: the compiler
    ///     cannot say that of generic vectors, and an array of anything else is refused (`EINVAL`).
    ///   - inPlace: False: copy, as where the layout of arrays is not known.
    /// - Throws: `SystemError`: `EINVAL` when so many do not lie there, `ENOMEM` when there are no addresses left.
    package init(
        _ memory: SharedMemory,
        offset: Int = 0,
        count: Int,
        inPlace: Bool = true
    ) throws(SystemError) {
        guard _isPOD(Element.self) else {
            throw SystemError(
                code: SystemCall.invalid,
                operation: "map values of \(Element.self) of",
                path: "shared memory"
            )
        }
        RetiredArrays.sweep()
        let (byteCount, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
        try memory.check(offset: offset, byteCount: overflow ? -1 : byteCount)
        self.byteCount = byteCount
        guard byteCount > 0, inPlace, ArrayHeader.works, let layout = ArrayLayout<Element>() else {
            unsafe storage = nil
            copy = try Self.copied(memory, offset: offset, byteCount: byteCount, count: count)
            return
        }
        copy = []
        var start: UnsafeMutableRawPointer?
        // Safe: the call fills one pointer of ours; the page before it is mapped for writing.
        let result = unsafe joblib_map_behind_page(memory.descriptor.number, UInt64(offset), byteCount, &start)
        guard result == 0, let start = unsafe start else {
            throw SystemError(code: -result, operation: "map \(byteCount) bytes of", path: "shared memory")
        }
        unsafe storage = start - ArrayHeader.byteCount
        unsafe layout.write(to: start - ArrayHeader.byteCount, count: count)
        if byteCount >= LargePages.byteCount { unsafe LargePages.prefer(start, byteCount: byteCount) }
    }

    deinit {
        if let storage = unsafe storage { unsafe RetiredArrays.retire(storage, byteCount: byteCount) }
    }

    /// The elements: an ordinary array, which may be kept for as long as anybody likes.
    package var array: [Element] {
        guard let storage = unsafe storage else { return copy }
        // Safe: the storage has an array's header, and the value that is returned takes a reference of its own.
        return unsafe unsafeBitCast(storage, to: [Element].self)
    }

    /// Whether the elements are the mapped pages.
    package var isInPlace: Bool { unsafe storage != nil }

    /// Whether nobody has kept the array, or a slice of it: its pages go when this object does.
    package var isUniquelyHeld: Bool {
        guard let storage = unsafe storage else { return true }
        return unsafe joblib_is_uniquely_referenced(storage)
    }

    private static func copied(
        _ memory: SharedMemory,
        offset: Int,
        byteCount: Int,
        count: Int
    ) throws(SystemError) -> [Element] {
        if byteCount == 0 { return [] }
        let mapping = try memory.map(.readOnly, offset: offset, byteCount: byteCount)
        // Safe: the new array has room for `count` elements, which are `byteCount` bytes of any value.
        return unsafe [Element](unsafeUninitializedCapacity: count) { buffer, filled in
            unsafe mapping.withBytes { unsafe UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
            filled = count
        }
    }
}
