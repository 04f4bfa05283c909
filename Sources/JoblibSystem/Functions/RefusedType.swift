/// A type that another process cannot find by its name, and why.
package struct RefusedType: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Reason: Sendable, Hashable {
        /// It, or a type in it, is private, fileprivate, or declared in a function.
        case hidden
        /// It has no name, or the runtime does not find it by that.
        case unnamed
    }

    package let reason: Reason
    /// The type's name for a reader.
    package let typeName: String

    package var description: String { "\(typeName) cannot be used in another process: it is \(cause)" }

    /// What it is, and what to do, to be put behind the type's name.
    var cause: String {
        switch reason {
        case .hidden:
            """
            a private or fileprivate type, or one declared in a function, or made of one: such types have no name \
            outside their file. Make it internal, outside functions
            """
        case .unnamed:
            """
            a type that the Swift runtime does not find by its name. Use a structure, a class or an enumeration that \
            contains it
            """
        }
    }
}
