internal import JoblibParallel
internal import JoblibSystem

/// Looks at a cache that programs may be using, and tidies it: what the command `joblib cache` does.
///
/// Everything goes through the ``FileStore`` that the programs use as well, so that both may work at once.
package struct CacheInspector: Sendable {
    let store: FileStore
    /// The cache as the person named it.
    package let location: String

    /// Opens the cache at a path; makes nothing.
    ///
    /// - Parameter location: The directory that was given to `Memory(location:)`, or the one named `joblib` in it.
    /// - Throws: ``JoblibError``: `.invalidArgument` that says what is there when it is no cache, `.cannotReadFile`.
    package init(location: String) throws(JoblibError) {
        store = FileStore(existing: location, root: try CacheLocation.root(of: location))
        self.location = location
    }

    /// The directory with the entries, without links.
    package var root: String { store.identity }

    /// The entries of a function, or all, the one first that was not used for longest.
    ///
    /// - Parameter function: The name that it is cached under.
    /// - Throws: An error when the directory cannot be read.
    package func items(of function: String? = nil) throws -> [StoredItem] {
        let items: [StoredItem]
        do {
            items = try store.list()
        } catch {
            // A directory that can only be read, and has no index.
            items = try store.files.walk().sorted { $0.lastUse < $1.lastUse }
        }
        guard let function else { return items }
        let directory = FunctionDirectory.name(of: function)
        return items.filter { $0.key.function == directory }
    }

    /// What an entry tells; nil when it has been removed meanwhile.
    package func entry(_ item: StoredItem) -> InspectedEntry? {
        var entry = InspectedEntry(
            key: item.key,
            function: FunctionDirectory.function(of: item.key.function),
            byteCount: item.byteCount,
            lastUse: Double(item.lastUse) / 1e9,
            unused: EntryTime.now.since(Int64(item.lastUse)),
            path: store.files.entry(item.key)
        )
        do {
            guard let stored = try store.get(item.key) else { return nil }
            let reader = try EntryReader(stored, of: item.key.contents)
            let metadata = try reader.metadata()
            entry.function = metadata.function
            entry.details = InspectedEntry.Details(
                version: metadata.version,
                arguments: metadata.arguments,
                resultType: metadata.resultType,
                created: Double(reader.head.created) / 1e9,
                age: EntryTime.now.since(reader.head.created),
                duration: .nanoseconds(Int64(clamping: reader.head.duration))
            )
        } catch {}
        return entry
    }
}
