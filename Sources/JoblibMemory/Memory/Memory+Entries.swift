public import JoblibParallel

extension Memory {
    /// Removes entries, those first that were not used for longest, until what is given holds. What is left out does not count.
    ///
    /// ```swift
    /// try memory.evict(toBytes: "1G", items: 1000, olderThan: .seconds(86_400))
    /// ```
    ///
    /// - Parameters:
    ///   - toBytes: The size of all entries afterwards, at most.
    ///   - items: The number of entries afterwards, at most.
    ///   - olderThan: Entries not used for so long go.
    /// - Returns: How many were removed.
    /// - Throws: ``JoblibError`` (`.invalidArgument`) for a limit that is negative or unreadable; an error of the store.
    @discardableResult
    public func evict(toBytes: ByteCount? = nil, items: Int? = nil, olderThan: Duration? = nil) throws -> Int {
        if let items, items < 0 { throw JoblibError.negativeCacheLimit("items", "\(items)") }
        if let olderThan, olderThan < .zero { throw JoblibError.negativeCacheLimit("olderThan", "\(olderThan)") }
        let limits = CacheLimits(bytes: try toBytes?.bytes(), items: items, age: olderThan)
        guard let core, !limits.isNone else { return 0 }
        return try core.enforce(limits)
    }

    /// Removes all entries. Other files in the directory stay, and so does the directory.
    ///
    /// - Throws: An error naming what could not be removed.
    public func clear() throws {
        guard let core else { return }
        core.say(core.messages.flushing())
        try core.store.deleteAll(of: nil)
        SharedRecentValues.remove(nil, of: core.storeIdentity)
    }

    /// Removes one entry.
    ///
    /// - Throws: An error naming the entry when it cannot be removed.
    public func remove(_ entry: CacheEntry) throws {
        guard let core else { return }
        try core.store.delete(entry.key)
        SharedRecentValues.remove([entry.key], of: core.storeIdentity)
    }

    /// What is stored now, the entry first that was not used for longest; does not throw. Reads a little of each entry.
    ///
    /// ```swift
    /// for entry in memory.entries() { print(entry.metadata?.function ?? "damaged", entry.byteCount) }
    /// ```
    ///
    /// - Returns: Nothing when the store cannot be read.
    public func entries() -> [CacheEntry] {
        guard let core, let items = try? core.store.list() else { return [] }
        return items.compactMap { item in
            // Removed since it was listed.
            guard let entry = try? core.store.get(item.key) else { return nil }
            let reader = try? EntryReader(entry, of: item.key.contents)
            let metadata = reader.flatMap { reader in
                try? reader.metadata().described(
                    age: EntryTime.now.since(reader.head.created),
                    duration: reader.head.duration
                )
            }
            return CacheEntry(
                key: item.key,
                metadata: metadata,
                byteCount: item.byteCount,
                lastUse: Double(item.lastUse) / 1e9
            )
        }
    }

    /// What the cache has done since it was opened, by this value and its copies; does not throw.
    public var statistics: MemoryStatistics { core?.statistics ?? MemoryStatistics() }
}
