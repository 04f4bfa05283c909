/// How much a cache may hold; nil: as much as it likes.
public struct CacheLimits: Sendable, Hashable {
    /// The size of all entries in bytes.
    public var bytes: Int?
    /// The number of entries.
    public var items: Int?
    /// How long an entry is kept without being used.
    public var age: Duration?

    /// Makes limits.
    public init(bytes: Int? = nil, items: Int? = nil, age: Duration? = nil) {
        self.bytes = bytes
        self.items = items
        self.age = age
    }

    var isNone: Bool { bytes == nil && items == nil && age == nil }
}
