internal import JoblibParallel
internal import JoblibSystem

extension CacheInspector {
    /// The entries that are on the disk now, whatever the index says.
    ///
    /// - Throws: An error when the directory cannot be read.
    package func filed() throws -> [StoredItem] {
        try store.files.walk().sorted { ($0.key.function, $0.key.digest) < ($1.key.function, $1.key.digest) }
    }

    /// Reads all of an entry and compares the checksums.
    ///
    /// - Returns: What is wrong; nil when nothing is, or the entry has been removed meanwhile.
    package func damage(of item: StoredItem) -> String? {
        do {
            guard let stored = try store.get(item.key) else { return nil }
            try EntryReader(stored, of: item.key.contents).check()
            return nil
        } catch {
            return "\(error)"
        }
    }

    /// Removes an entry if it is still damaged.
    ///
    /// - Returns: False when somebody is computing it anew, or has done so.
    /// - Throws: An error naming the file when it cannot be removed.
    package func repair(_ item: StoredItem) throws -> Bool {
        var claim: StoreClaim?
        do {
            claim = try store.claim(item.key, wait: false)
            if claim == nil { return false }
        } catch {
            // Without locks the worst is that a result is computed once more.
        }
        defer { claim?.end() }
        return damage(of: item) != nil ? try store.delete(item.key) : false
    }

    /// The entries on the disk that the index does not have: no limit counts them.
    ///
    /// - Parameter filed: What ``filed()`` has found.
    package func unlisted(_ filed: [StoredItem]) throws -> [StoredItem] {
        let listed = Set(try items().map(\.key))
        return filed.filter { !listed.contains($0.key) && Directory.status(of: store.files.entry($0.key)) != nil }
    }

    /// Makes the index from the directory.
    package func rebuildIndex() throws {
        try store.state.withLock { try $0.journal.rebuild() }
    }
}
