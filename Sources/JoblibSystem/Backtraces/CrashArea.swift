internal import CJoblibSystem

/// What a parent keeps for one worker process: memory in which that one writes its last stack.
///
/// For example, in the parent:
///
///     let area = try CrashArea()
///     // send area.memory.descriptor to the worker, which calls CrashReporter.install(_:)
///     // … the worker has died:
///     if let record = area.crash { print(Symbolizer.frames(of: record.stack)) }
package final class CrashArea: Sendable {
    static let byteCount = MemoryLayout<joblib_crash_area>.size

    /// What to send to the worker.
    package let memory: SharedMemory
    private let mapping: Mapping
    private let requests = Monitor()

    /// - Throws: `SystemError` when there is no memory or no descriptor left.
    package init() throws(SystemError) {
        memory = try SharedMemory.create(byteCount: Self.byteCount)
        mapping = try memory.map(.readWrite)
    }

    /// How the worker died; nil when no signal was handled: it lives, was killed, or has ended by itself.
    package var crash: CrashRecord? {
        record(\.crash)
    }

    /// Asks a worker where its task is, for a task that does not end.
    ///
    /// - Parameters:
    ///   - worker: The process that has this area installed.
    ///   - deadline: On ``MonotonicClock``. A stopped process does not answer.
    /// - Returns: The stack; nil when there was no answer in time, no task runs, or the worker is not ready.
    package func requestStack(from worker: ChildProcess, until deadline: UInt64) -> RawStack? {
        requests.withLock {
            guard let area = unsafe start else { return nil }
            // Before the handler is there the signal would end the worker.
            guard unsafe joblib_load_acquire(address(of: \.magic, in: area)) == crashMagic else { return nil }
            let requestWord = unsafe address(of: \.request, in: area)
            let answerWord = unsafe address(of: \.answer, in: area)
            let number = unsafe joblib_load_flag(requestWord) &+ 1
            unsafe joblib_store_flag(requestWord, number)
            guard worker.send(.reportStack) else { return nil }
            while true {
                let answered = unsafe joblib_load_flag(answerWord)
                if answered == number { break }
                // Until then the worker has perhaps written the better part of it.
                if unsafe !joblib_sleep_on(answerWord, answered, deadline) { break }
            }
            guard let found = record(\.requested, where: { $0.request == number }) else { return nil }
            return found.stack.isEmpty ? nil : found.stack
        }
    }

    private let crashMagic = UInt64(0x3168_6372_626c_6a01)

    // Lives as long as the mapping, whose memory the worker changes at any time: only copies are used.
    private var start: UnsafeMutableRawPointer? { unsafe mapping.mutableBytes?.baseAddress }

    private func address<Value>(
        of field: KeyPath<joblib_crash_area, Value>,
        in area: UnsafeMutableRawPointer
    ) -> UnsafeMutableRawPointer {
        // A C structure's stored fields have offsets.
        guard let offset = MemoryLayout<joblib_crash_area>.offset(of: field) else { preconditionFailure("no field") }
        return unsafe area + offset
    }

    private func record(
        _ field: KeyPath<joblib_crash_area, joblib_stack_record>,
        where isWanted: (joblib_stack_record) -> Bool = { _ in true }
    ) -> CrashRecord? {
        guard let start = unsafe start else { return nil }
        // Safe: the memory is as large as the structure, of which every pattern of bits is a value.
        let record = unsafe address(of: field, in: start).load(as: joblib_stack_record.self)
        guard record.state > 0, record.stack.count > 0, isWanted(record) else { return nil }
        return CrashRecord(record, loaded: unsafe images(start))
    }

    private func images(_ start: UnsafeMutableRawPointer) -> [MappedImage] {
        let count = unsafe joblib_load_flag(address(of: \.image_count, in: start))
        let first = unsafe address(of: \.images, in: start)
        // Safe: no more than the structure holds.
        return (0..<min(Int(count), joblib_image_capacity)).compactMap { index in
            let place = unsafe first + index * MemoryLayout<joblib_mapped_image>.stride
            return MappedImage(unsafe place.load(as: joblib_mapped_image.self))
        }
    }
}
