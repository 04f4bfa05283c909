/// A line of a stack, for people.
package struct RawFrame: Sendable, Hashable {
    package enum Kind: Sendable {
        /// The program's own code, or that of a library that it uses.
        case user
        /// Swift's libraries and C's, the linker, the start of a thread.
        case system
        /// This package.
        case package
        /// What the compiler made between two functions.
        case thunk
    }

    /// The function's name as its author would write it; an address where there is no name.
    package var function: String
    package var location: SourcePlace?
    /// The image's file name.
    package var image: String
    /// The address in the image's file.
    package var offset: UInt64
    package var kind: Kind
    /// How many frames are left out after this one.
    package var omittedAfter = 0
}
