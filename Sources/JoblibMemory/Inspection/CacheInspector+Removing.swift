internal import JoblibParallel
internal import JoblibSystem

extension CacheInspector {
    /// The entries that would have to go for the limits to hold, the one first that was not used for longest.
    ///
    /// - Parameters:
    ///   - limits: What may stay.
    ///   - function: The limits are for the entries of this function, and only they go; nil: for all.
    /// - Throws: An error when the directory cannot be read.
    package func surplus(over limits: CacheLimits, of function: String? = nil) throws -> [StoredItem] {
        let items = try items(of: function)
        var index = EntryIndex()
        for item in items { index.put(item.key, byteCount: item.byteCount, at: Int64(clamping: item.lastUse)) }
        // The oldest ones are at the beginning, of the list as of the index.
        return Array(items.prefix(index.evict(limits, now: .now).count))
    }

    /// Removes entries; one that is gone already, or is being used, does no harm.
    ///
    /// - Throws: An error naming what cannot be removed, before anything is.
    package func remove(_ items: [StoredItem]) throws {
        store.files.sweep()
        guard let first = items.first else { return }
        // Whether that is possible here at all: the others are removed without asking.
        try store.delete(first.key)
        try store.state.withLock { state in
            _ = try state.journal.current()
            try store.remove(items.dropFirst().map(\.key), &state)
        }
    }

    /// Removes the entries of a function, or all, and what killed programs left half done. Other files stay.
    ///
    /// - Throws: An error naming the first file that cannot be removed.
    package func clear(_ function: String? = nil) throws {
        store.files.sweep()
        try store.deleteAll(of: function.map { FunctionDirectory.name(of: $0) })
    }
}
