internal import Crypto
internal import JoblibParallel
internal import JoblibSystem
internal import Synchronization

/// SHA-256 of long runs of bytes, on all processors.
///
/// Up to ``leaf`` bytes: SHA-256 of a byte 0 and the bytes. More: they are cut into leaves of that length, the last one
/// perhaps shorter; then SHA-256 of a byte 1, the number of bytes in 8 bytes (little-endian), and the leaves' digests. The
/// first byte keeps a text of digests from being taken for a tree, as in RFC 6962, section 2.1. How many threads share the
/// work makes no difference to the result.
enum TreeHash {
    /// A leaf's length in bytes.
    static let leaf = 1 << 20

    /// From here on a second thread pays.
    static let parallelThreshold = 4 << 20

    /// How many threads hash one value: one inside a task, whose neighbours use the other processors.
    static var threads: Int { TaskContext.isInsideTask ? 1 : processors }
    private static let processors = cpuCount()

    /// The digest of some bytes, which do not change meanwhile.
    ///
    /// - Parameters:
    ///   - bytes: What to hash; it is read once.
    ///   - threads: At most so many work, the calling one among them; nil: as many as there is use for.
    static func digest(_ bytes: UnsafeRawBufferPointer, threads: Int? = nil) -> ContentDigest {
        if bytes.count <= leaf { return unsafe leafDigest(bytes) }
        let leaves = unsafe Leaves(bytes)
        let wanted = bytes.count < parallelThreshold ? 1 : min(threads ?? self.threads, leaves.count)
        let digests = leaves.hash(threads: wanted)
        var root = SHA256()
        var head: [UInt8] = [1]
        head.appendInteger(UInt64(bytes.count))
        root.update(data: head)
        root.update(data: digests)
        return ContentDigest(root.finalize())
    }

    static func leafDigest(_ bytes: UnsafeRawBufferPointer) -> ContentDigest {
        var hash = SHA256()
        // Safe: the bytes are the caller's during the call.
        unsafe withUnsafeBytes(of: UInt8(0)) { unsafe hash.update(bufferPointer: $0) }
        unsafe hash.update(bufferPointer: bytes)
        return ContentDigest(hash.finalize())
    }

    @safe
    private final class Leaves: Sendable {
        // Only read, while the caller of `digest`, who owns them, waits.
        private nonisolated(unsafe) let bytes: UnsafeRawBufferPointer
        let count: Int
        private let next = Atomic<Int>(0)
        private let state: Lock<State>
        private let monitor = Monitor()

        private struct State {
            var digests: [ContentDigest?]
            var running = 0
        }

        init(_ bytes: UnsafeRawBufferPointer) {
            unsafe self.bytes = bytes
            count = (bytes.count - 1) / TreeHash.leaf + 1
            state = Lock(State(digests: Array(repeating: nil, count: count)))
        }

        /// The leaves' digests, one behind the other.
        func hash(threads: Int) -> [UInt8] {
            for _ in 1..<max(threads, 1) {
                state.withLock { $0.running += 1 }
                // No thread to be had: the others do its part.
                if OSThread.start(name: "joblib-hash", { self.help() }) != 0 { leave() }
            }
            run()
            monitor.withLock {
                while state.withLock({ $0.running }) > 0 { monitor.wait() }
            }
            var joined: [UInt8] = []
            joined.reserveCapacity(count * ContentDigest.byteCount)
            for digest in state.withLock({ $0.digests }) { digest?.append(to: &joined) }
            precondition(joined.count == count * ContentDigest.byteCount, "a leaf was not hashed")
            return joined
        }

        private func help() {
            run()
            leave()
        }

        private func leave() {
            monitor.withLock {
                state.withLock { $0.running -= 1 }
                monitor.signal()
            }
        }

        private func run() {
            while true {
                let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
                if place >= count { return }
                let start = place * TreeHash.leaf
                // Safe: the range lies within the bytes.
                let digest = unsafe TreeHash.leafDigest(
                    UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + TreeHash.leaf, bytes.count)])
                )
                state.withLock { $0.digests[place] = digest }
            }
        }
    }
}
