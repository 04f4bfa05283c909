internal import JoblibParallel

/// Small results that were used lately, in memory.
///
/// Two generations: what is used moves to the young one; when that holds half of the limit it becomes the old one, and what
/// was not used meanwhile is forgotten. So a hit costs one look into a table, and the limit always holds.
final class RecentValues: Sendable {
    struct Value: Sendable {
        var value: any Sendable
        var byteCount: Int
        var created: Int64
        var duration: UInt64
        /// What `.when` validation asks for.
        var metadata: EntryMetadata
    }

    private struct State {
        var young: [CacheKey: Value] = [:]
        var old: [CacheKey: Value] = [:]
        var youngBytes = 0
    }

    /// Larger results are read again from the store.
    static let largest = 64 << 10

    private let half: Int
    var isOn: Bool { half > 0 }
    private let state = Lock(State())

    /// - Parameter limit: In bytes, as the entries are stored; 0: nothing is kept.
    init(limit: Int) {
        half = limit / 2
    }

    func find(_ key: CacheKey) -> Value? {
        if half == 0 { return nil }
        return state.withLock { state in
            if let value = state.young[key] { return value }
            guard let value = state.old.removeValue(forKey: key) else { return nil }
            Self.insert(value, key, into: &state, half: half)
            return value
        }
    }

    func insert(_ value: Value, for key: CacheKey) {
        guard value.byteCount <= min(half, Self.largest) else { return remove([key]) }
        state.withLock { state in
            state.old[key] = nil
            Self.insert(value, key, into: &state, half: half)
        }
    }

    private static func insert(_ value: Value, _ key: CacheKey, into state: inout State, half: Int) {
        if let former = state.young.updateValue(value, forKey: key) { state.youngBytes -= former.byteCount }
        state.youngBytes += value.byteCount
        guard state.youngBytes > half else { return }
        state.old = state.young
        state.young = [:]
        state.youngBytes = 0
    }

    func remove(_ keys: [CacheKey]) {
        if half == 0 { return }
        state.withLock { state in
            for key in keys {
                state.old[key] = nil
                if let value = state.young.removeValue(forKey: key) { state.youngBytes -= value.byteCount }
            }
        }
    }

    func removeAll() {
        state.withLock { $0 = State() }
    }
}
