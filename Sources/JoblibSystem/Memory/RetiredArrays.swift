internal import CJoblibSystem
internal import Synchronization

/// Mapped arrays that nobody manages any more, but that somebody may still read.
package enum RetiredArrays {
    @safe
    private struct Entry: Sendable {
        // Only its reference count is looked at, which is atomic.
        nonisolated(unsafe) let storage: UnsafeMutableRawPointer
        // The mapped range; nobody but the sweep looks at it.
        nonisolated(unsafe) let start: UnsafeMutableRawPointer
        let byteCount: Int
    }

    private static let entries = Mutex<[Entry]>([])

    /// Unmaps those that nobody reads any more; done whenever an array is mapped.
    ///
    /// - Returns: How many are still read.
    @discardableResult
    package static func sweep() -> Int {
        entries.withLock { entries in
            entries.removeAll { entry in
                // Safe: the storage is mapped as long as its entry is in the list.
                guard unsafe joblib_is_uniquely_referenced(entry.storage) else { return false }
                unsafe joblib_unmap(entry.start, entry.byteCount)
                return true
            }
            return entries.count
        }
    }

    static func retire(_ storage: UnsafeMutableRawPointer, byteCount: Int) {
        let page = SharedMemory.pageSize
        // Safe: exactly what joblib_map_behind_page has mapped: a page, and the pages of the elements.
        unsafe retire(
            storage,
            mappedAt: storage + ArrayHeader.byteCount - page,
            byteCount: page + byteCount
        )
    }

    /// Unmaps a range when the array in it is read by nobody.
    static func retire(
        _ storage: UnsafeMutableRawPointer,
        mappedAt start: UnsafeMutableRawPointer,
        byteCount: Int
    ) {
        // Safe: ours was the only place that gave out references, and it is gone; so "one" stays "one".
        if unsafe joblib_is_uniquely_referenced(storage) {
            return unsafe joblib_unmap(start, byteCount)
        }
        entries.withLock { $0.append(unsafe Entry(storage: storage, start: start, byteCount: byteCount)) }
    }
}
