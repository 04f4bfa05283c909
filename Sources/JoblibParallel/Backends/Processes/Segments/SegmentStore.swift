internal import DequeModule
internal import JoblibCoding
internal import JoblibSystem

/// The arrays of a program that its workers have on shared pages.
///
/// An array is copied once, however many tasks get it: it is known again by where its elements lie, which cannot change
/// as long as the store holds the array, too. Those that no batch uses any more are kept in case they come again: all
/// that were used twice until the call ends (in a `withPool`, until a call has not used them), others while there is room.
final class SegmentStore: Sendable {
    private struct Key: Hashable {
        let address: UInt
        let byteCount: Int
        let format: RunFormat
    }

    private struct Entry {
        let segment: Segment
        let key: Key?
        /// How many batches on their way use it.
        var users = 0
        var uses = 0
        var lastRun = 0
    }

    private struct State {
        var entries: [UInt64: Entry] = [:]
        var numbers: [Key: UInt64] = [:]
        /// Without users and used once, the oldest first.
        var idle: Deque<UInt64> = []
        var idleBytes = 0
    }

    /// From here on arrays stay in their messages.
    static let mostSegments = 256

    /// How many bytes are kept for arrays that were used once.
    private static let idleLimit = 256 << 20

    private let state = Lock(State())

    /// How many segments there are.
    var count: Int { state.withLock { $0.entries.count } }

    /// Shares an array with the workers; the caller is one of its users until ``release(_:)``.
    ///
    /// - Parameter isForAll: True for what all tasks share: that counts as used often.
    func segment<Element: RawElement>(
        of array: [Element],
        run: Int,
        directory: String?,
        isForAll: Bool = false
    ) throws(SystemError) -> Segment {
        // Safe: only the address is used, as a name.
        let address = unsafe array.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) }
        let byteCount = array.count * MemoryLayout<Element>.stride
        let key = Key(address: address, byteCount: byteCount, format: Element.format)
        if let known = use(key, run, isForAll) { return known }
        let copied: Result<Segment, SystemError> = unsafe array.withUnsafeBytes { bytes in
            do throws(SystemError) {
                return .success(
                    unsafe try Segment(
                        copying: bytes,
                        directory: directory,
                        threads: Processors.available(),
                        original: array
                    )
                )
            } catch {
                return .failure(error)
            }
        }
        let made = try copied.get()
        return add(made, key, run, isForAll)
    }

    /// Puts a long message beside the ring.
    func segment(of bytes: [UInt8], run: Int, directory: String?) throws(SystemError) -> Segment {
        let copied: Result<Segment, SystemError> = unsafe bytes.withUnsafeBytes { bytes in
            do throws(SystemError) {
                return .success(unsafe try Segment(copying: bytes, directory: directory, threads: 1))
            } catch {
                return .failure(error)
            }
        }
        return add(try copied.get(), nil, run, false)
    }

    /// One batch less uses these segments.
    ///
    /// - Returns: Those that are gone now.
    func release(_ numbers: [UInt64]) -> [UInt64] {
        if numbers.isEmpty { return [] }
        return state.withLock { state in
            var dropped: [UInt64] = []
            for number in numbers {
                guard var entry = state.entries[number] else { continue }
                entry.users -= 1
                state.entries[number] = entry
                guard entry.users == 0 else { continue }
                if entry.key == nil {
                    Self.remove(number, &state)
                    dropped.append(number)
                } else if entry.uses == 1 {
                    state.idle.append(number)
                    state.idleBytes += entry.segment.memory.byteCount
                }
            }
            while state.idleBytes > Self.idleLimit, let oldest = state.idle.popFirst() {
                guard let entry = state.entries[oldest] else { continue }
                state.idleBytes -= entry.segment.memory.byteCount
                // It has come again since.
                guard entry.users == 0, entry.uses == 1 else { continue }
                Self.remove(oldest, &state)
                dropped.append(oldest)
            }
            return dropped
        }
    }

    /// A call is over.
    ///
    /// - Parameter keeps: True for arrays that the pool's next call may use.
    /// - Returns: The segments that are gone now.
    func runEnded(_ run: Int, keeps: Bool) -> [UInt64] {
        state.withLock { state in
            let old = state.entries.filter {
                $0.value.users == 0 && (keeps ? $0.value.lastRun < run : $0.value.lastRun <= run)
            }
            for number in old.keys { Self.remove(number, &state) }
            state.idle.removeAll { old[$0] != nil }
            state.idleBytes = state.idle.reduce(0) { $0 + (state.entries[$1]?.segment.memory.byteCount ?? 0) }
            return Array(old.keys)
        }
    }

    private func use(_ key: Key, _ run: Int, _ isForAll: Bool) -> Segment? {
        state.withLock { state in
            guard let number = state.numbers[key], var entry = state.entries[number] else { return nil }
            entry.users += 1
            entry.uses += isForAll ? 2 : 1
            entry.lastRun = max(entry.lastRun, run)
            state.entries[number] = entry
            return entry.segment
        }
    }

    private func add(_ segment: Segment, _ key: Key?, _ run: Int, _ isForAll: Bool) -> Segment {
        state.withLock { state in
            state.entries[segment.number] = Entry(
                segment: segment,
                key: key,
                users: 1,
                uses: isForAll ? 2 : 1,
                lastRun: run
            )
            // Of two that were made at the same time the later is found from now on.
            if let key { state.numbers[key] = segment.number }
            return segment
        }
    }

    private static func remove(_ number: UInt64, _ state: inout State) {
        guard let entry = state.entries.removeValue(forKey: number), let key = entry.key else { return }
        if state.numbers[key] == number { state.numbers[key] = nil }
    }
}
