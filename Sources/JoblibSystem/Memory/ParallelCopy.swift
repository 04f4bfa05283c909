internal import CJoblibSystem
internal import Synchronization

/// Copies into memory that nobody has touched yet.
///
/// There, most of the time goes into page faults: the kernel finds and clears each page. Several threads share them, and
/// ask for many pages with one call.
package enum ParallelCopy {
    /// From here on a second thread pays: below, starting it costs more than it brings.
    package static let threshold = 4 << 20

    /// What one thread takes at a time: small enough that all end together.
    private static let piece = 1 << 20

    /// Copies all of `source`.
    ///
    /// - Parameters:
    ///   - source: Does not change meanwhile and does not overlap the target.
    ///   - target: At least as long.
    ///   - threads: At most so many, the calling one among them.
    package static func copy(
        _ source: UnsafeRawBufferPointer,
        to target: UnsafeMutableRawBufferPointer,
        threads: Int
    ) {
        precondition(target.count >= source.count, "the target is shorter than the source")
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        let work = unsafe Work(from: from, to: to, count: source.count)
        let helpers = source.count < threshold ? 0 : max(min(threads, source.count / piece) - 1, 0)
        for _ in 0..<helpers {
            work.enter()
            // No thread to be had: the others do its part.
            if OSThread.start(name: "joblib-copy", { work.run() }) != 0 { work.leave() }
        }
        work.enter()
        work.run()
        work.waitForAll()
    }

    @safe
    private final class Work: Sendable {
        // The threads write to parts that do not overlap, and the caller of `copy` waits for all of them.
        private nonisolated(unsafe) let from: UnsafeRawPointer
        // As above.
        private nonisolated(unsafe) let to: UnsafeMutableRawPointer
        private let count: Int
        private let next = Atomic<Int>(0)
        private let running = Mutex(0)
        private let monitor = Monitor()

        init(from: UnsafeRawPointer, to: UnsafeMutableRawPointer, count: Int) {
            unsafe self.from = from
            unsafe self.to = to
            self.count = count
        }

        func enter() { running.withLock { $0 += 1 } }

        func leave() {
            monitor.withLock {
                running.withLock { $0 -= 1 }
                monitor.signal()
            }
        }

        func run() {
            while true {
                let offset = next.wrappingAdd(ParallelCopy.piece, ordering: .relaxed).oldValue
                if offset >= count { break }
                let length = min(ParallelCopy.piece, count - offset)
                // Safe: the piece lies within both memories, and the counter gives it to no other thread.
                unsafe joblib_touch_pages(to + offset, length)
                unsafe (to + offset).copyMemory(from: from + offset, byteCount: length)
            }
            leave()
        }

        func waitForAll() {
            monitor.withLock {
                while running.withLock({ $0 }) > 0 { monitor.wait() }
            }
        }
    }
}
