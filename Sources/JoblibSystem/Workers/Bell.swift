internal import CJoblibSystem

/// A word in shared memory that one process sleeps on and others ring: who waits for many rings waits here.
///
/// Ringing costs a look when nobody sleeps. A ring between the last look of a sleeper and its sleep is not lost: the
/// sleeper sets the word before it looks, and the kernel compares the word itself.
@safe
package final class Bell: Sendable {
    // The word lies in the mapping, which this object keeps; all access to it is atomic.
    private nonisolated(unsafe) let word: UnsafeMutableRawPointer
    private let mapping: Mapping

    /// How many bells a memory of so many bytes has.
    package static func count(in memory: SharedMemory) -> Int { memory.byteCount / stride }

    /// A line of the cache, and its neighbour, for each.
    package static let stride = 128

    /// - Parameters:
    ///   - mapping: Writable memory, all zero when it was made.
    ///   - number: Which of its bells; nil is returned when it has fewer.
    package init?(in mapping: Mapping, number: Int) {
        guard let word = unsafe Self.word(number, in: mapping) else { return nil }
        self.mapping = mapping
        unsafe self.word = word
    }

    /// Wakes whoever sleeps on the bell.
    package func ring() {
        // Safe: the word is mapped as long as this object lives.
        unsafe Self.ring(word)
    }

    /// Wakes whoever sleeps on a bell of some memory; does nothing when there is no bell of this number.
    package static func ring(_ number: Int, in mapping: Mapping) {
        // Safe: the caller holds the mapping.
        if let word = unsafe word(number, in: mapping) { unsafe ring(word) }
    }

    private static func word(_ number: Int, in mapping: Mapping) -> UnsafeMutableRawPointer? {
        guard let bytes = unsafe mapping.mutableBytes, let start = bytes.baseAddress, number >= 0,
            number < bytes.count / stride
        else { return nil }
        return unsafe start + number * stride
    }

    private static func ring(_ word: UnsafeMutableRawPointer) {
        joblib_full_fence()
        guard unsafe joblib_load_flag(word) != 0 else { return }
        unsafe joblib_store_flag(word, 0)
        unsafe joblib_wake(word)
    }

    /// Sleeps until `isReady`, or until somebody rings, which may be for another reason; looks for a while first.
    ///
    /// - Parameters:
    ///   - spins: How often to look before sleeping.
    ///   - deadline: On ``MonotonicClock``.
    /// - Returns: True when looking was enough.
    @discardableResult
    package func sleep(spins: Int, until deadline: UInt64 = Poll.forever, unless isReady: () -> Bool) -> Bool {
        if isReady() || Spin.look(spins, isReady) { return true }
        unsafe joblib_store_flag(word, 1)
        joblib_full_fence()
        // The word stays as it is: another thread may sleep on it. At worst somebody rings once for nobody.
        if isReady() { return true }
        // Safe: as above.
        _ = unsafe joblib_sleep_on(word, 1, deadline)
        return false
    }
}
