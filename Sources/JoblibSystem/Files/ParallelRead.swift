internal import CJoblibSystem
internal import Synchronization

/// One part of a file being read by several threads into memory that nobody has touched yet.
///
/// Most of the time goes into page faults, which they share.
@safe
package final class ParallelRead: Sendable {
    /// From here on a second thread pays: below, starting it costs more than it brings.
    package static let threshold = 4 << 20

    /// What one thread takes at a time.
    private static let piece = 2 << 20

    private let descriptor: Int32
    private let offset: Int
    // The threads write to parts that do not overlap, and the caller of `run` waits for all of them.
    private nonisolated(unsafe) let target: UnsafeMutableRawBufferPointer
    private let next = Atomic<Int>(0)
    /// Where the first missing byte is, as far as is known.
    private let end: Atomic<Int>
    private let failure = Atomic<Int32>(0)

    init(_ descriptor: Int32, at offset: Int, into target: UnsafeMutableRawBufferPointer) {
        self.descriptor = descriptor
        self.offset = offset
        unsafe self.target = target
        end = Atomic(target.count)
    }

    /// How many bytes from the first on were read.
    var complete: Int { end.load(ordering: .acquiring) }

    /// Reads; 0 or an errno.
    func run(threads: Int) -> Int32 {
        let count = unsafe target.count
        let members = count < Self.threshold ? 1 : min(threads, count / Self.piece)
        ThreadTeam.run(members, name: "joblib-read") { _ in self.work() }
        return failure.load(ordering: .acquiring)
    }

    private func work() {
        let count = unsafe target.count
        while failure.load(ordering: .relaxed) == 0 {
            let start = next.wrappingAdd(Self.piece, ordering: .relaxed).oldValue
            if start >= min(count, end.load(ordering: .relaxed)) { break }
            // Safe: the piece lies within the target, and the counter gives it to no other thread.
            unsafe fill(UnsafeMutableRawBufferPointer(rebasing: target[start..<min(start + Self.piece, count)]), start)
        }
    }

    private func fill(_ piece: UnsafeMutableRawBufferPointer, _ start: Int) {
        if unsafe target.count >= Self.threshold, let address = piece.baseAddress {
            unsafe joblib_touch_pages(address, piece.count)
        }
        var done = 0
        while done < piece.count {
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: piece[done...])
            let result = unsafe SystemCall.readFile(descriptor, at: offset + start + done, into: rest)
            if result < 0 { failure.store(Int32(-result), ordering: .releasing) }
            if result <= 0 { break }
            done += result
        }
        if done < piece.count { end.min(start + done, ordering: .acquiringAndReleasing) }
    }
}
