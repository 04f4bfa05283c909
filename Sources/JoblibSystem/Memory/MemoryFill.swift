internal import CJoblibSystem
internal import Synchronization

/// Bytes on their way into shared memory that nobody has touched yet.
///
/// The calling thread writes, as to a file: the kernel copies into pages that it need not clear first, nor enter into a
/// table, which takes half the time of page faults and a copy. It lets one thread at a time write, though, so that others
/// copy into a mapping, for whose pages they ask many at a time.
@safe
final class MemoryFill: Sendable {
    /// From here on a second thread pays: below, starting it costs more than it brings.
    static let threshold = 4 << 20

    /// What one thread takes at a time: small enough that all end together.
    private static let piece = 1 << 20

    // Outlives `run`, which waits for all threads; they only read it.
    private nonisolated(unsafe) let source: UnsafeRawBufferPointer
    private let memory: SharedMemory
    private let next = Atomic<Int>(0)
    private let failure = Atomic<Int32>(0)

    init(_ source: UnsafeRawBufferPointer, into memory: SharedMemory) {
        precondition(memory.byteCount >= source.count, "the memory is shorter than the source")
        unsafe self.source = source
        self.memory = memory
    }

    /// Copies all bytes; at most `threads` threads take part, the calling one among them.
    func run(threads: Int) throws(SystemError) {
        let count = unsafe source.count
        let members = count < Self.threshold ? 1 : min(threads, count / Self.piece)
        // Without addresses for a mapping the calling thread does it alone.
        let mapping = members > 1 ? try? memory.map(.readWrite) : nil
        ThreadTeam.run(mapping == nil ? 1 : members, name: "joblib-copy") { member in
            if member == 0 { self.write() } else if let mapping { self.copy(into: mapping) }
        }
        let code = failure.load(ordering: .acquiring)
        if code == 0 { return }
        if SystemCall.cannotBeWritten(code) { return try copyAll() }
        throw SystemError(code: code, operation: "write \(count) bytes to", path: "shared memory")
    }

    /// For systems whose shared memory can only be mapped, such as Darwin.
    private func copyAll() throws(SystemError) {
        next.store(0, ordering: .relaxed)
        failure.store(0, ordering: .relaxed)
        copy(into: try memory.map(.readWrite))
    }

    private func write() {
        while let piece = nextPiece() {
            var done = 0
            while done < piece.count {
                let rest = unsafe UnsafeRawBufferPointer(rebasing: source[(piece.lowerBound + done)..<piece.upperBound])
                let result = unsafe SystemCall.writeFile(memory.descriptor.number, at: piece.lowerBound + done, rest)
                if result <= 0 {
                    // No file takes nothing without saying why.
                    failure.store(result == 0 ? SystemCall.noSpace : Int32(-result), ordering: .releasing)
                    return
                }
                done += result
            }
        }
    }

    private func copy(into mapping: Mapping) {
        // Safe: the pieces lie within both memories, and the counter gives each to one thread.
        unsafe mapping.withMutableBytes { target in
            guard let to = target.baseAddress, let from = unsafe source.baseAddress else { return }
            while let piece = nextPiece() {
                unsafe joblib_touch_pages(to + piece.lowerBound, piece.count)
                unsafe (to + piece.lowerBound).copyMemory(from: from + piece.lowerBound, byteCount: piece.count)
            }
        }
    }

    private func nextPiece() -> Range<Int>? {
        if failure.load(ordering: .relaxed) != 0 { return nil }
        let offset = next.wrappingAdd(Self.piece, ordering: .relaxed).oldValue
        let count = unsafe source.count
        return offset < count ? offset..<min(offset + Self.piece, count) : nil
    }
}

extension SharedMemory {
    /// Copies bytes to the beginning of new memory.
    ///
    /// - Parameters:
    ///   - bytes: At most as many as the memory has; do not change meanwhile.
    ///   - threads: At most so many, the calling one among them.
    /// - Throws: `SystemError` (`ENOSPC`) when there is no room.
    package func fill(_ bytes: UnsafeRawBufferPointer, threads: Int) throws(SystemError) {
        // Safe: the bytes outlive the call.
        try unsafe MemoryFill(bytes, into: self).run(threads: threads)
    }
}
