/// Bytes that do not lead to a function of this process.
package enum UnusableFunction: Error, Sendable, Hashable, CustomStringConvertible {
    /// They are cut off, or not those of a function.
    case malformed
    /// A library that this process has not loaded, or in another build.
    case missingImage(String)
    /// No function, or no description of a context, begins at the offset.
    case nothing(atOffset: UInt64)
    /// A type that this process does not know.
    case missingType(String)
    /// The type to make is not a structure of exactly one function.
    case noHolder(String)

    package var description: String {
        switch self {
        case .malformed:
            "the bytes of a function are damaged: the two processes may be of different versions of the package"
        case .missingImage(let path):
            """
            the library \(path) is not loaded in this process, or is another build of it: link it into the program \
            rather than load it at run time
            """
        case .nothing(let offset):
            "no function begins at offset \(offset): the two processes may run different builds of the program"
        case .missingType(let name):
            "the type \(name) is unknown in this process: the two processes may run different builds of the program"
        case .noHolder(let type):
            "\(type) cannot be made from a function: it must hold one function and nothing else"
        }
    }
}
