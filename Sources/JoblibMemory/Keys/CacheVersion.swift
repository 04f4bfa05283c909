/// The version of a cached function: results of another version are not used.
///
/// Raise it when the function computes something else than before. The results of the old version stay beside the new ones
/// until they are evicted, so going back costs nothing.
///
/// ```swift
/// memory.cached(smoothed, as: "smoothed", version: 2)
/// memory.cached(smoothed, as: "smoothed", version: "2024-05 median")
/// memory.cached(smoothed, as: "smoothed", version: CacheVersion(settings.revision))
/// ```
public struct CacheVersion: Sendable, Hashable {
    /// The version as text.
    public let text: String

    /// A computed number.
    public init(_ number: Int) {
        text = String(number)
    }

    /// Any text, such as a digest of what the function depends on.
    public init(_ text: String) {
        self.text = text
    }
}

extension CacheVersion: ExpressibleByIntegerLiteral {
    /// A version number written as a literal.
    public init(integerLiteral value: Int) {
        self.init(value)
    }
}

extension CacheVersion: ExpressibleByStringLiteral {
    /// A version written as a literal text.
    public init(stringLiteral value: String) {
        self.init(value)
    }
}

extension CacheVersion: CustomStringConvertible {
    /// The version as text.
    public var description: String { text }
}
