public import JoblibParallel

/// Keeps the results of functions in a directory, so that a call with the same arguments is not computed again: not by this
/// program, not by its next run, and not by others that use the directory.
///
/// ```swift
/// let memory = try Memory(location: "cache", limit: "10G")
/// let smooth = memory.cached(smoothed, as: "smoothed", version: 1)
/// let a = try smooth(signal, 5)            // computed and stored
/// let b = try smooth(signal, 5)            // read back
/// ```
///
/// A result is found by the function's name, its version, and the content of the arguments (see ``hash(of:)``). The name and
/// the version say what is computed, for a compiled program cannot see that a function has changed: raise the version then.
/// Results of former versions stay until they are evicted.
///
/// Entries have checksums: a damaged one is computed again, and a warning is logged. What cannot be written is not cached, and
/// that is logged once. Only arrays mapped with `mapped: true` are not looked at, as nothing is read until it is touched.
public struct Memory: Sendable {
    /// nil: transparent.
    let core: MemoryCore?
    /// The directory as it was given; nil when nothing is kept, or kept elsewhere.
    public let location: String?

    /// Opens a cache in a directory, which is made if it is missing.
    ///
    /// When a result is written and the entries are over a limit, those go first that were not used for longest.
    ///
    /// - Parameters:
    ///   - location: The directory; a leading `~` is the user's home. Its entries are in a directory `joblib` in it, beside a
    ///     `.gitignore` that excludes it. nil: nothing is kept, functions are just called.
    ///   - limit: How many bytes all entries may take.
    ///   - itemLimit: How many entries there may be.
    ///   - ageLimit: How long an entry is kept without being used.
    ///   - verbose: joblib's messages on standard error: 0 none, 1 each call that is computed, from 2 on each that is read
    ///     too, and more at 5, 10, 11 and 20.
    ///   - recentLimit: How many bytes of small results used lately are also kept in memory; 0 for none.
    /// - Throws: ``JoblibError``: `.invalidArgument` for an empty path or a limit that is negative or unreadable,
    ///   `.cannotWriteFile` when the directory cannot be made. A directory that can only be read is no error.
    public init(
        location: String?,
        limit: ByteCount? = nil,
        itemLimit: Int? = nil,
        ageLimit: Duration? = nil,
        verbose: Int = 1,
        recentLimit: ByteCount = "16M"
    ) throws {
        try self.init(
            location: location,
            limits: CacheLimits(checking: limit, itemLimit, ageLimit),
            verbose: verbose,
            recentLimit: recentLimit,
            output: MemoryCore.Output()
        )
    }

    /// Opens a cache in a store.
    ///
    /// - Parameters:
    ///   - store: A ``FileStore``, an ``InMemoryStore`` or one of your own.
    ///   - limit: How many bytes all entries may take.
    ///   - itemLimit: How many entries there may be.
    ///   - ageLimit: How long an entry is kept without being used.
    ///   - verbose: As in the other initialiser.
    ///   - recentLimit: How many bytes of small results used lately are also kept in memory; 0 for none.
    /// - Throws: ``JoblibError`` (`.invalidArgument`) for a limit that is negative or unreadable.
    public init(
        store: some MemoryStore,
        limit: ByteCount? = nil,
        itemLimit: Int? = nil,
        ageLimit: Duration? = nil,
        verbose: Int = 1,
        recentLimit: ByteCount = "16M"
    ) throws {
        try self.init(
            store: store,
            location: (store as? FileStore)?.location,
            limits: CacheLimits(checking: limit, itemLimit, ageLimit),
            verbose: verbose,
            recentLimit: recentLimit,
            output: MemoryCore.Output()
        )
    }

    /// The first initialiser's form for tests, which look at what is said.
    init(
        location: String?,
        limits: CacheLimits = CacheLimits(),
        verbose: Int,
        recentLimit: ByteCount = "16M",
        output: MemoryCore.Output
    ) throws {
        guard let location else {
            self.init(core: nil, location: nil)
            return
        }
        try self.init(
            store: FileStore(location: location),
            location: location,
            limits: limits,
            verbose: verbose,
            recentLimit: recentLimit,
            output: output
        )
    }

    init(
        store: any MemoryStore,
        location: String? = nil,
        limits: CacheLimits = CacheLimits(),
        verbose: Int,
        recentLimit: ByteCount = "16M",
        output: MemoryCore.Output
    ) throws {
        let recent = SharedRecentValues.of(store.identity, limit: try recentLimit.bytes())
        self.init(
            core: MemoryCore(store: store, limits: limits, recent: recent, verbose: verbose, output: output),
            location: location
        )
    }

    private init(core: MemoryCore?, location: String?) {
        self.core = core
        self.location = location
    }
}

extension Memory: CustomStringConvertible {
    /// `Memory(location=cache)`, as in joblib.
    public var description: String {
        guard let core else { return "Memory(location=None)" }
        return "Memory(location=\(location ?? core.storeIdentity))"
    }
}

extension CacheLimits {
    /// - Throws: `JoblibError` for a limit that is no limit.
    init(checking limit: ByteCount?, _ items: Int?, _ age: Duration?) throws {
        if let items, items < 0 { throw JoblibError.negativeCacheLimit("itemLimit", "\(items)") }
        if let age, age < .zero { throw JoblibError.negativeCacheLimit("ageLimit", "\(age)") }
        self.init(bytes: try limit?.bytes(), items: items, age: age)
    }
}
