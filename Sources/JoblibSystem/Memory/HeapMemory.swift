internal import CJoblibSystem

/// Ordinary memory.
package enum HeapMemory {
    /// Whether so many bytes are to be had at once. A guess: other parts of the program take memory too.
    package static func isAvailable(_ byteCount: Int) -> Bool {
        byteCount <= 0 || joblib_memory_is_available(byteCount)
    }
}
