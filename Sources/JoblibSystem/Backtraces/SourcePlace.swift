/// A place in a source file.
package struct SourcePlace: Sendable, Hashable {
    package var file: String
    /// From 1.
    package var line: Int
    /// From 1; 0 when it is not known.
    package var column: Int
}
