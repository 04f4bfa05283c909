/// How deep and how long a message may be.
package struct CodingLimits: Sendable, Hashable {
    /// Values inside values: at most this many levels.
    package var depth: Int

    /// The length of a message in bytes.
    package var bytes: Int

    /// 512 levels and any length.
    package init(depth: Int = 512, bytes: Int = .max) {
        self.depth = depth
        self.bytes = bytes
    }
}
