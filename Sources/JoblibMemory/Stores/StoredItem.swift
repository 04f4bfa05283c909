/// An entry as a store lists it.
public struct StoredItem: Sendable, Hashable {
    /// What it is found by.
    public let key: CacheKey
    /// Its size in bytes.
    public let byteCount: Int
    /// When it was last used, or else stored: nanoseconds since 1970.
    public let lastUse: Int

    /// Makes an item of a list.
    public init(key: CacheKey, byteCount: Int, lastUse: Int) {
        self.key = key
        self.byteCount = byteCount
        self.lastUse = lastUse
    }
}
