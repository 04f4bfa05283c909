internal import JoblibParallel
internal import Synchronization

/// A store in this process's memory: gone with the last reference to it. For tests, and for results not worth a file.
///
/// ```swift
/// let memory = try Memory(store: InMemoryStore(), limit: "100M")
/// ```
public final class InMemoryStore: MemoryStore {
    private struct State {
        var entries: [CacheKey: [UInt8]] = [:]
        var index = EntryIndex()
    }

    private static let counter = Atomic<Int>(0)

    private let state = Lock(State())
    /// Different for every store.
    public let identity = "memory \(InMemoryStore.counter.wrappingAdd(1, ordering: .relaxed).newValue)"

    /// Makes an empty store.
    public init() {}

    /// The entry for a key; never throws.
    public func get(_ key: CacheKey) -> StoredEntry? {
        state.withLock { $0.entries[key] }.map { StoredEntry(bytes: $0) }
    }

    /// Keeps a copy of the entry; never throws.
    public func put(_ content: EntryContent, for key: CacheKey) {
        let bytes = content.bytes
        state.withLock { state in
            state.entries[key] = bytes
            state.index.put(key, byteCount: bytes.count, at: EntryTime.now.nanoseconds)
        }
    }

    /// All entries, the one first that was not used for longest; never throws.
    public func list() -> [StoredItem] {
        state.withLock { $0.index.items }
    }

    /// Removes an entry; never throws.
    @discardableResult
    public func delete(_ key: CacheKey) -> Bool {
        state.withLock { state in
            state.entries[key] = nil
            return state.index.remove(key)
        }
    }

    /// Remembers when the entry was used.
    public func noteUse(of key: CacheKey) {
        state.withLock { $0.index.use(key, at: EntryTime.now.nanoseconds) }
    }

    /// Removes entries until the limits hold; never throws.
    public func enforce(_ limits: CacheLimits) -> [CacheKey] {
        state.withLock { state in
            let victims = state.index.evict(limits, now: .now)
            for key in victims { state.entries[key] = nil }
            return victims
        }
    }
}
