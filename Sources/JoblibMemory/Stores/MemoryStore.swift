/// Where the entries of a cache are kept.
///
/// A store knows nothing of functions and values: it keeps bytes under keys. ``FileStore`` is the usual one,
/// ``InMemoryStore`` an example of how little there is to write. `StoreConformance` in JoblibTesting checks a store.
///
/// ## The contract
///
/// * **Whole or not at all.** ``get(_:)`` gives what one ``put(_:for:)`` was given, or nil: never a part of it, nor a
///   mixture of two, whoever else writes, deletes or is killed meanwhile. Bytes that a disk has damaged need not be noticed:
///   every entry has a checksum, which its reader looks at.
/// * **The last one counts.** A put for a key that has an entry replaces it. An entry that was got before stays as it was.
/// * **At any time, from any thread.** All methods may be called at once, also for the same key.
/// * **Errors are for the unexpected.** An entry that is not there is nil, not an error. An error of any method costs the
///   caller time, never the result: it is reported once, and the function is called.
/// * **Nothing is promised for ever.** A store may lose entries whenever it likes, if only whole ones.
///
/// Only the first four methods must be written; the others have defaults in terms of them.
public protocol MemoryStore: Sendable {
    /// Names the place of the entries: equal for two stores of this process exactly when they share their entries.
    var identity: String { get }

    /// The entry for a key; nil when there is none.
    ///
    /// - Throws: Any error, when it cannot be told or not be read.
    func get(_ key: CacheKey) throws -> StoredEntry?

    /// Keeps an entry, in one step.
    ///
    /// - Parameters:
    ///   - content: Its bytes.
    ///   - key: What to find it by.
    /// - Throws: Any error, when it could not be kept; what was there before may be kept or lost.
    func put(_ content: EntryContent, for key: CacheKey) throws

    /// All entries, in any order.
    ///
    /// - Throws: Any error, when they cannot be listed.
    func list() throws -> [StoredItem]

    /// Removes an entry.
    ///
    /// - Returns: False when there was none.
    /// - Throws: Any error, when it is there and could not be removed.
    @discardableResult
    func delete(_ key: CacheKey) throws -> Bool

    /// Removes the entries of a function, or all.
    ///
    /// - Parameter function: As in ``CacheKey/function``; nil: all functions.
    func deleteAll(of function: String?) throws

    /// Says that an entry was used, for those who evict what was not used for longest. Called for each hit: it must be quick,
    /// and may forget.
    func noteUse(of key: CacheKey)

    /// Keeps an entry, and removes others, those first that were not used for longest, until the limits hold.
    ///
    /// - Parameters:
    ///   - content: The entry's bytes.
    ///   - key: What to find it by.
    ///   - limits: How much there may be afterwards.
    /// - Returns: The keys of the entries that were removed.
    /// - Throws: Any error, when it could not be kept; entries may have been removed nevertheless.
    func put(_ content: EntryContent, for key: CacheKey, keeping limits: CacheLimits) throws -> [CacheKey]

    /// Removes entries, those first that were not used for longest, until the limits hold.
    ///
    /// - Returns: The keys of the entries that were removed.
    func enforce(_ limits: CacheLimits) throws -> [CacheKey]

    /// Asks other processes not to compute this entry meanwhile.
    ///
    /// - Parameters:
    ///   - key: The entry.
    ///   - wait: Whether to wait for whoever computes it now; the wait ends when that process does, however it does.
    /// - Returns: nil only if `wait` is false and somebody else computes it. Released by its owner.
    /// - Throws: Any error, when there are no locks: the caller goes on without one.
    func claim(_ key: CacheKey, wait: Bool) throws -> StoreClaim?

    /// Where an entry is, for messages; nil when that says nothing to a person.
    func place(of key: CacheKey) -> String?
}

extension MemoryStore {
    /// Removes what ``list()`` lists.
    public func deleteAll(of function: String?) throws {
        for item in try list() where function == nil || item.key.function == function { try delete(item.key) }
    }

    /// Does nothing.
    public func noteUse(of key: CacheKey) {}

    /// Does one after the other: ``put(_:for:)``, and ``enforce(_:)`` if there are limits.
    public func put(_ content: EntryContent, for key: CacheKey, keeping limits: CacheLimits) throws -> [CacheKey] {
        try put(content, for: key)
        return limits.isNone ? [] : try enforce(limits)
    }

    /// Lists all entries and deletes as many as it takes.
    public func enforce(_ limits: CacheLimits) throws -> [CacheKey] {
        var index = EntryIndex()
        for item in try list().sorted(by: { $0.lastUse < $1.lastUse }) {
            index.put(item.key, byteCount: item.byteCount, at: Int64(clamping: item.lastUse))
        }
        let victims = index.evict(limits, now: .now)
        for key in victims { try delete(key) }
        return victims
    }

    /// No other process has the entries: nothing to lock.
    public func claim(_ key: CacheKey, wait: Bool) throws -> StoreClaim? { StoreClaim {} }

    /// Says nothing.
    public func place(of key: CacheKey) -> String? { nil }
}
