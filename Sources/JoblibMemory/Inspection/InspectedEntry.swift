/// An entry of a cache as a person looks at it.
package struct InspectedEntry: Sendable {
    /// What is told by an entry that is not damaged.
    package struct Details: Sendable {
        package var version: String
        /// The values of the arguments, long ones shortened.
        package var arguments: [String]
        package var resultType: String
        /// When it was computed: seconds since 1970.
        package var created: Double
        /// How long ago that is.
        package var age: Duration
        /// How long the function took.
        package var duration: Duration
    }

    package var key: CacheKey
    /// The name that the function is cached under; of a damaged entry, as far as the directory tells.
    package var function: String
    /// nil for a damaged entry.
    package var details: Details?
    package var byteCount: Int
    /// When it was last used, or else stored: seconds since 1970.
    package var lastUse: Double
    /// How long ago that is.
    package var unused: Duration
    package var path: String
}
