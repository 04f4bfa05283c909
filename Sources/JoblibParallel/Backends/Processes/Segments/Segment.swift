internal import JoblibSystem
internal import Synchronization

/// Shared memory with a number, by which messages name it.
final class Segment: Sendable {
    /// Unique among those that this process has made.
    let number: UInt64
    let memory: SharedMemory
    /// What the memory is a copy of, so that its address stays its own; `nil` for a copy that is used once.
    let original: (any Sendable)?

    private static let last = Atomic<UInt64>(0)

    /// Copies bytes into new shared memory, which nobody can write to afterwards.
    ///
    /// - Parameters:
    ///   - bytes: What to copy.
    ///   - directory: Makes it a file without a name there.
    ///   - threads: How many share the copying.
    ///   - original: Kept as long as the segment.
    /// - Throws: `SystemError` when there is no memory, no room or no descriptor.
    init(
        copying bytes: UnsafeRawBufferPointer,
        directory: String?,
        threads: Int,
        original: (any Sendable)? = nil
    ) throws(SystemError) {
        memory = try SharedMemory.create(byteCount: bytes.count, directory: directory)
        // Safe: the bytes outlive the call.
        unsafe try memory.fill(bytes, threads: threads)
        self.original = original
        number = Self.last.wrappingAdd(1, ordering: .relaxed).newValue
    }

    /// Its name in messages.
    var handle: [UInt8] { Self.handle(number) }

    static func handle(_ number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }

    static func number(_ handle: [UInt8]) -> UInt64? {
        guard handle.count == 8 else { return nil }
        return handle.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
