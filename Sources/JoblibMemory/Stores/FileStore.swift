internal import JoblibParallel
internal import JoblibSystem

/// The usual store: a directory with a file for every entry.
///
/// Any number of programs may use a directory at once. An entry is written under another name and renamed, so that no reader
/// sees half of it; it is not forced to the disk, so that a power cut may cost the last entries (their checksums tell), while
/// the death of a program costs nothing. Locks are advisory locks of the file system, which the kernel frees when
/// their holder ends.
///
/// ```swift
/// let memory = try Memory(store: FileStore(location: "cache"))      // what Memory(location: "cache") does
/// ```
public final class FileStore: MemoryStore {
    /// Uses of entries are written down together: at once if nothing was for so long, else with what is written next.
    private static let usePatience: UInt64 = 1_000_000_000
    private static let mostPendingUses = 64 << 10

    struct State {
        var journal: IndexJournal
        /// One file for all claims, opened when the first is made.
        var locks: RangeLocks?
        /// Records of uses that are still to be written.
        var uses: [UInt8] = []
        var lastWrite: UInt64 = 0
    }

    /// The directory, as it was given.
    public let location: String
    /// The directory that the entries are in, without links.
    public let identity: String

    let files: FileLayout
    let state: Lock<State>

    /// Makes the directory if it is missing, with a `.gitignore` that keeps it out of version control.
    ///
    /// - Parameter location: A directory; a leading `~` is the user's home. The entries are in the directory `joblib` in it.
    /// - Throws: `JoblibError`: `.invalidArgument` for an empty path, `.cannotWriteFile` when the directory cannot be made.
    ///   A directory that can only be read is no error: its entries are used.
    public init(location: String) throws {
        guard !location.isEmpty else { throw JoblibError.emptyCacheLocation }
        let directory = Directory.expandingTilde(location)
        do {
            try Directory.make(directory)
            try Self.makeEntries(in: directory)
        } catch {
            throw JoblibError.cannotMakeCache(location, cause: error)
        }
        self.location = location
        let resolved = Directory.resolved(directory) ?? directory
        identity = (resolved == "/" ? "" : resolved) + "/joblib"
        files = FileLayout(root: identity)
        state = Lock(State(journal: IndexJournal(files)))
        let ignore = directory + "/.gitignore"
        if Directory.status(of: ignore) == nil {
            // A convenience: a directory that can only be read does without.
            try? FileOutput.writeAtomically("# Created by joblib automatically.\n*\n", to: ignore)
        }
        files.sweep()
    }

    /// Opens a cache that is there, and makes nothing, for those who only look.
    ///
    /// - Parameters:
    ///   - location: As a person named it.
    ///   - root: The directory of the entries.
    init(existing location: String, root: String) {
        self.location = location
        identity = Directory.resolved(root) ?? root
        files = FileLayout(root: identity)
        state = Lock(State(journal: IndexJournal(files)))
    }

    private static func makeEntries(in directory: String) throws {
        do {
            try Directory.make(directory + "/joblib")
        } catch {
            // It may be filled by others, and read by us; the results are computed anyway.
            guard !error.isReadOnly else { return }
            throw error
        }
    }

    deinit {
        state.withLock { state in Self.writeUses(&state) }
    }

    /// The entry for a key; nil when there is none.
    ///
    /// - Throws: An error naming the file when it is there and cannot be opened.
    public func get(_ key: CacheKey) throws -> StoredEntry? {
        try StoredEntry(file: files.entry(key))
    }

    /// Writes the entry's file.
    ///
    /// - Throws: An error naming the file: a full disk, no permission.
    public func put(_ content: EntryContent, for key: CacheKey) throws {
        _ = try put(content, for: key, keeping: CacheLimits())
    }

    /// Writes the entry's file, and removes those of others if that is too much.
    ///
    /// - Throws: An error naming the file: a full disk, no permission; or that the index can be neither read nor made.
    public func put(_ content: EntryContent, for key: CacheKey, keeping limits: CacheLimits) throws -> [CacheKey] {
        let path = files.entry(key)
        let new = try FileLayout.makingDirectory(of: files.newPart()) { part throws(SystemError) in try PartFile(part) }
        do {
            // Safe: each part is written while it is valid.
            try unsafe content.forEachPart { try unsafe new.write($0) }
            return try state.withLock { state in
                // Before the entry is there: who is killed in between leaves a record too many, never an entry that no limit
                // knows of. And under the lock: nobody evicts it in between, when there is no file yet to remove.
                let victims = try Self.add(record(.put, key, content.byteCount), keeping: limits, files, &state)
                if victims.contains(key) {
                    // Nothing may be kept.
                    new.discard()
                } else {
                    try FileLayout.makingDirectory(of: path) { path throws(SystemError) in try new.finish(as: path) }
                }
                // It can wait: the entry is there.
                if !limits.isNone { try? state.journal.compactIfLong() }
                return victims
            }
        } catch {
            new.discard()
            throw error
        }
    }

    /// The entries, the one first that was not used for longest.
    ///
    /// - Throws: An error when the index can be neither read nor made.
    public func list() throws -> [StoredItem] {
        try state.withLock { state in
            Self.writeUses(&state)
            return try state.journal.current().items
        }
    }

    /// Removes an entry's file.
    ///
    /// - Throws: An error naming the file when it is there and cannot be removed.
    @discardableResult
    public func delete(_ key: CacheKey) throws -> Bool {
        let isRemoved = try Directory.removeFile(files.entry(key))
        try state.withLock { state in _ = try Self.add(record(.delete, key), files, &state) }
        return isRemoved
    }

    /// Removes the files of a function, or of all. Files that are no entries stay.
    ///
    /// - Throws: An error naming the first file that cannot be removed.
    public func deleteAll(of function: String?) throws {
        try files.removeEntries(of: function)
        let record = IndexRecord(kind: .deleteAll, time: EntryTime.now.nanoseconds, function: function ?? "")
        try state.withLock { state in _ = try Self.add(record, files, &state) }
    }

    /// Remembers when an entry was used; written down with what is written next.
    public func noteUse(of key: CacheKey) {
        let now = EntryTime.now.nanoseconds
        let record = IndexRecord(kind: .use, time: now, function: key.function, contents: key.contents)
        state.withLock { state in
            record.append(to: &state.uses)
            let isDue = MonotonicClock.now &- state.lastWrite > Self.usePatience
            if isDue || state.uses.count > Self.mostPendingUses { Self.writeUses(&state) }
        }
    }

    /// Removes entries, those first that were not used for longest, until the limits hold.
    ///
    /// - Throws: An error when the index can be neither read nor made.
    public func enforce(_ limits: CacheLimits) throws -> [CacheKey] {
        try state.withLock { state in
            Self.writeUses(&state)
            let victims = try state.journal.evict(limits)
            try remove(victims, &state)
            return victims
        }
    }

    /// Removes the files of entries that are no longer counted, and writes that down.
    func remove(_ keys: [CacheKey], _ state: inout State) throws {
        var records: [UInt8] = []
        Self.removeFiles(keys, files, addingTo: &records)
        try state.journal.append(records)
        try state.journal.compactIfLong()
    }

    private static func removeFiles(_ keys: [CacheKey], _ files: FileLayout, addingTo records: inout [UInt8]) {
        let now = EntryTime.now.nanoseconds
        for key in keys {
            // Another process may have been faster; what cannot be removed is not counted any more.
            _ = try? Directory.removeFile(files.entry(key))
            IndexRecord(kind: .delete, time: now, function: key.function, contents: key.contents)
                .append(to: &records)
        }
    }

    /// Locks a byte of a file that stands for the entry.
    ///
    /// - Throws: An error when this file system has no locks, or cannot be written.
    public func claim(_ key: CacheKey, wait: Bool) throws -> StoreClaim? {
        let number = key.contents.words.0
        while true {
            let locks = try openedLocks()
            guard try locks.acquire(number, wait: wait) else { return nil }
            // The directory was removed: others lock another file.
            if locks.isInPlace { return StoreClaim { locks.release(number) } }
            locks.release(number)
            state.withLock { state in
                if state.locks === locks { state.locks = nil }
            }
        }
    }

    private func openedLocks() throws -> RangeLocks {
        try state.withLock { state in
            if let locks = state.locks { return locks }
            let locks = try FileLayout.makingDirectory(of: files.locks) { path throws(SystemError) in
                try RangeLocks(path)
            }
            state.locks = locks
            return locks
        }
    }

    /// The entry's file.
    public func place(of key: CacheKey) -> String? { files.entry(key) }

    private func record(_ kind: IndexRecord.Kind, _ key: CacheKey, _ byteCount: Int = 0) -> IndexRecord {
        let now = EntryTime.now.nanoseconds
        return IndexRecord(kind: kind, time: now, byteCount: byteCount, function: key.function, contents: key.contents)
    }

    /// Writes down what happens, with the uses that are still to be written.
    ///
    /// - Returns: The entries that were removed for the limits to hold then.
    private static func add(
        _ record: IndexRecord,
        keeping limits: CacheLimits = CacheLimits(),
        _ files: FileLayout,
        _ state: inout State
    ) throws -> [CacheKey] {
        var records = state.uses
        record.append(to: &records)
        do {
            var victims: [CacheKey] = []
            if !limits.isNone {
                victims = try state.journal.evict(limits, after: records)
                removeFiles(victims, files, addingTo: &records)
            }
            try state.journal.append(records)
            state.uses.removeAll(keepingCapacity: true)
            state.lastWrite = MonotonicClock.now
            return victims
        } catch {
            // What could not be written down is not known: the index is read again.
            state.journal = IndexJournal(files)
            throw error
        }
    }

    static func writeUses(_ state: inout State) {
        state.lastWrite = MonotonicClock.now
        // Which entry was used last is lost, no more: a directory that can only be read keeps no such book.
        try? state.journal.append(state.uses)
        state.uses.removeAll(keepingCapacity: true)
    }
}
