internal import JoblibSystem
internal import Synchronization

/// Where the files of a ``FileStore`` lie.
///
/// ```
/// <location>/.gitignore
/// <location>/joblib/.index                      what there is: see IndexJournal
/// <location>/joblib/.work/                      files being written, and locks
/// <location>/joblib/<function>/<ab>/<cdef…>     an entry: its key's 64 digits, cut after two
/// ```
struct FileLayout: Sendable {
    /// Leftovers of programs that were killed are removed when they are older.
    private static let leftoverAge: Int64 = 3600 * 1_000_000_000
    private static let counter = Atomic<UInt64>(UInt64.random(in: 0..<1 << 48))

    let root: String
    let work: String
    let index: String
    let indexLock: String
    let locks: String

    init(root: String) {
        self.root = root
        work = root + "/.work"
        index = root + "/.index"
        indexLock = work + "/index.lock"
        locks = work + "/locks"
    }

    func entry(_ key: CacheKey) -> String {
        let digest = key.digest
        var path = root
        path.reserveCapacity(root.utf8.count + key.function.utf8.count + 68)
        path += "/"
        path += key.function
        path += "/"
        path += digest.prefix(2)
        path += "/"
        path += digest.dropFirst(2)
        return path
    }

    /// A name that no other file has: of another process that writes, or of one that was killed.
    func newPart() -> String {
        let number = Self.counter.wrappingAdd(1, ordering: .relaxed).newValue
        return "\(work)/\(CurrentProcess.identifier)-\(number).part"
    }

    func makeWorkDirectory() throws(SystemError) {
        if Directory.status(of: work) == nil { try Directory.make(work) }
    }

    /// Does something with a path, once more with its directory made if that was missing.
    static func makingDirectory<R>(
        of path: String,
        _ body: (String) throws(SystemError) -> R
    ) throws(SystemError) -> R {
        do throws(SystemError) {
            return try body(path)
        } catch {
            guard error.isMissing, let slash = path.lastIndex(of: "/") else { throw error }
            try Directory.make(String(path[..<slash]))
            return try body(path)
        }
    }

    /// All entries in the directory. Takes time in proportion to their number.
    func walk() throws -> [StoredItem] {
        var items: [StoredItem] = []
        for function in try functions() {
            for shard in try shards(of: function) {
                let directory = "\(root)/\(function)/\(shard)"
                for name in try Directory.names(in: directory) {
                    // Removed since it was listed, or none of ours.
                    guard let key = CacheKey(function: function, digest: shard + name),
                        let status = Directory.status(of: "\(directory)/\(name)")
                    else { continue }
                    let lastUse = Int(clamping: status.modified)
                    items.append(StoredItem(key: key, byteCount: status.byteCount, lastUse: lastUse))
                }
            }
        }
        return items
    }

    /// Removes the files of a function, or of all. Touches nothing that is not an entry.
    func removeEntries(of function: String?) throws {
        for name in try function.map({ [$0] }) ?? functions() {
            for shard in try shards(of: name) {
                let directory = "\(root)/\(name)/\(shard)"
                for entry in try Directory.names(in: directory)
                where CacheKey(function: name, digest: shard + entry) != nil {
                    try Directory.removeFile("\(directory)/\(entry)")
                }
                Directory.removeIfEmpty(directory)
            }
            Directory.removeIfEmpty("\(root)/\(name)")
        }
    }

    /// Removes what killed programs have left half done.
    func sweep() {
        guard let names = try? Directory.names(in: work) else { return }
        let now = WallClock.nanoseconds
        for name in names where name.hasSuffix(".part") {
            let path = "\(work)/\(name)"
            guard let status = Directory.status(of: path), now &- status.modified > Self.leftoverAge else { continue }
            _ = try? Directory.removeFile(path)
        }
    }

    private func functions() throws -> [String] {
        try Directory.names(in: root).filter(FunctionDirectory.isName)
    }

    private func shards(of function: String) throws -> [String] {
        try Directory.names(in: "\(root)/\(function)").filter { $0.utf8.count == 2 }
    }
}
