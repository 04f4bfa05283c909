internal import CJoblibSystem

/// What a worker process tells about itself without sending anything: where it is in its tasks.
///
/// The parent reads it when the worker has died or is late, and takes orders back that have not begun.
@safe
package final class WorkerBoard: Sendable {
    /// What the worker does at this moment.
    package enum Phase: UInt32, Sendable {
        case starting
        case idle
        case decoding
        case running
        case encoding
        case initializing
        /// Getting ready for the batches of a call.
        case opening
    }

    package let memory: SharedMemory
    package let mapping: Mapping
    // The words lie in the mapping; all access to them is atomic.
    private nonisolated(unsafe) let base: UnsafeMutableRawPointer

    private static let phaseOffset = 0
    private static let stopOffset = 64
    private static let batchOffset = 128
    private static let taskOffset = 136
    private static let startedOffset = 144
    private static let bellOffset = 192
    private static let claimsOffset = 1024
    /// How many orders can be told apart at a time; a power of two.
    package static let claimCount = 256
    private static let byteCount = 4096

    /// Makes the board of a new worker.
    ///
    /// - Throws: `SystemError` when there is no memory or no descriptor.
    package static func create() throws(SystemError) -> WorkerBoard {
        try WorkerBoard(opening: try SharedMemory.create(byteCount: byteCount))
    }

    /// Opens a board that the parent has sent.
    ///
    /// - Throws: `SystemError` (`EINVAL`) when the memory is too short for one.
    package init(opening memory: SharedMemory) throws(SystemError) {
        let mapping = try memory.map(.readWrite)
        guard memory.byteCount >= Self.byteCount, let bytes = unsafe mapping.mutableBytes,
            let start = bytes.baseAddress
        else { throw SystemError(code: SystemCall.invalid, operation: "lay a board over", path: "shared memory") }
        self.memory = memory
        self.mapping = mapping
        unsafe base = start
    }

    // MARK: - Where the worker is

    package var phase: Phase {
        get { Phase(rawValue: unsafe joblib_load_flag(base + Self.phaseOffset)) ?? .idle }
        set { unsafe joblib_store_flag(base + Self.phaseOffset, newValue.rawValue) }
    }

    /// The number of the batch that the worker has in hand.
    package var batch: UInt64 {
        get { unsafe joblib_load_acquire(base + Self.batchOffset) }
        set { unsafe joblib_store_release(base + Self.batchOffset, newValue) }
    }

    /// The position in the batch of the task that runs.
    package var task: Int {
        get { Int(truncatingIfNeeded: unsafe joblib_load_acquire(base + Self.taskOffset)) }
        set { unsafe joblib_store_release(base + Self.taskOffset, UInt64(newValue)) }
    }

    /// When the batch in hand began, on the monotonic clock that all processes of a machine share.
    package var started: UInt64 {
        get { unsafe joblib_load_acquire(base + Self.startedOffset) }
        set { unsafe joblib_store_release(base + Self.startedOffset, newValue) }
    }

    /// True when the parent wants the tasks at hand to come to an end.
    package var mustStop: Bool {
        get { unsafe joblib_load_flag(base + Self.stopOffset) != 0 }
        set { unsafe joblib_store_flag(base + Self.stopOffset, newValue ? 1 : 0) }
    }

    /// Which bell wakes the call that has the worker at this moment; its reports go there.
    package var bell: Int {
        get { Int(unsafe joblib_load_flag(base + Self.bellOffset)) }
        set { unsafe joblib_store_flag(base + Self.bellOffset, UInt32(truncatingIfNeeded: newValue)) }
    }

    // MARK: - Orders that may be taken back

    private enum Claim: UInt32 {
        case offered, begun, takenBack
    }

    /// The parent is about to send an order. Of ``claimCount`` orders in a row, none may wait for the worker any more.
    package func offer(_ number: UInt64) {
        unsafe joblib_store_flag(place(of: number), word(number, .offered))
    }

    /// The worker begins an order; false when the parent has taken it back.
    package func claim(order number: UInt64) -> Bool {
        unsafe joblib_replace_flag(place(of: number), word(number, .offered), word(number, .begun))
    }

    /// The parent takes an order back; false when the worker has begun it.
    package func takeBack(_ number: UInt64) -> Bool {
        unsafe joblib_replace_flag(place(of: number), word(number, .offered), word(number, .takenBack))
    }

    /// The order's number is in the word: one that was taken back and has not been read for long can't pass for a later
    /// order in the same place.
    private func word(_ number: UInt64, _ claim: Claim) -> UInt32 {
        UInt32(truncatingIfNeeded: number << 2) | claim.rawValue
    }

    private func place(of number: UInt64) -> UnsafeMutableRawPointer {
        // Safe: below `byteCount`.
        unsafe base + Self.claimsOffset + Int(number % UInt64(Self.claimCount)) * 4
    }
}
