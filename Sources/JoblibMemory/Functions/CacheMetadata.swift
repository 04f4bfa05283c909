/// What is known of a stored result without reading it.
public struct CacheMetadata: Sendable, Hashable {
    /// The name that the function is cached under.
    public let function: String
    /// The version of the function that computed it.
    public let version: String
    /// The values of the arguments, long ones shortened; ignored ones are among them.
    public let arguments: [String]
    /// When it was computed: seconds since 1970, as `Date(timeIntervalSince1970:)` takes them.
    public let created: Double
    /// How long ago that is.
    public let age: Duration
    /// How long the function took.
    public let duration: Duration
}
