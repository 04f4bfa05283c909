/// A stored result, as ``Memory/entries()`` lists it.
public struct CacheEntry: Sendable, Hashable {
    /// What it is found by.
    public let key: CacheKey
    /// Function, version, arguments, when it was computed and how long that took; nil for an entry that is damaged.
    public let metadata: CacheMetadata?
    /// Its size in bytes.
    public let byteCount: Int
    /// When it was last used, or else stored: seconds since 1970.
    public let lastUse: Double
}
