/// A function that cannot travel to another process, and why.
package struct RefusedFunction: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Reason: Error, Sendable, Hashable {
        /// It holds values, of these types; "a value" for one whose type cannot be told.
        case captures([String])
        /// It holds an object of this class.
        case capturesObject(String)
        /// It is a key path used as a function.
        case keyPath(String)
        /// It stands in generic code, and what its type parameters stand for cannot be told to another process.
        case genericContext(String)
        /// What it holds cannot be understood.
        case unknownContext(String)
        /// Its code belongs to neither the program nor a library: it was made at run time.
        case outsideImages
        /// What was asked about is not one function.
        case notAFunction(String)
        /// Functions that hold functions, deeper than ``PortableFunction/maximumDepth`` or more than can travel.
        case tooLarge
    }

    package let reason: Reason
    /// The function's name as its author wrote it; nil when it cannot be told.
    package let name: String?

    package var description: String {
        "\(name ?? "the function") cannot run in another process: \(cause)"
    }

    private var cause: String {
        switch reason {
        case .captures(let types):
            """
            it captures \(Self.list(types)), and only code travels, not what it captures. Pass that as an argument of \
            the task, or once for all tasks as the shared value
            """
        case .capturesObject(let type):
            """
            it captures an object of class \(type), and objects stay in their process. Make what the task needs from it \
            a Codable argument, or call a static method or a function without captures
            """
        case .keyPath(let type):
            "a key path (\(type)) is an object of this process. Write a closure, such as { $0.count }, instead"
        case .genericContext(let detail):
            """
            it stands in generic code and \(detail). Write the closure where the types are known, or pass a function \
            that is not generic
            """
        case .unknownContext(let detail):
            "what it captures cannot be told (\(detail)). Pass a function or a closure that captures nothing"
        case .outsideImages:
            "its code is in neither the program nor a library. Pass a function that was compiled into the program"
        case .notAFunction(let type):
            "\(type) does not hold one function and nothing else"
        case .tooLarge:
            "it is made of too many functions that hold other functions. Pass a function that calls them by name"
        }
    }

    /// "Int", "Int and String", "Int, Int and String".
    private static func list(_ types: [String]) -> String {
        guard let last = types.last, types.count > 1 else { return types.first ?? "values" }
        return types.dropLast().joined(separator: ", ") + " and " + last
    }
}
