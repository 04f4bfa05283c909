/// A function that means the same in every process of a program.
///
/// A closure is code and a context. Code is an address in an image of the program. A context that holds nothing but
/// functions and generic parameters, as those that the compiler makes to pass a function in another form, is written down
/// link by link, down to functions without a context. Any other context holds values of this process: such a function is
/// refused.
///
/// For example, inside `struct Call<R> { let body: @Sendable () throws -> R }`:
///
///     let function = try PortableFunction(functionHeldBy: self)   // here
///     let call = try function.rebuild(as: Call<R>.self)           // in the worker
package struct PortableFunction: Sendable, Hashable {
    /// A step of the walk through contexts, each followed by what it consists of.
    enum Part: Sendable, Hashable {
        /// A context with this metadata: its bindings follow, then its functions.
        case context(ImageAddress)
        case type(PortableType)
        /// A conformance's table that is data of an image.
        case witnesses(ImageAddress)
        /// One that the runtime makes.
        case conformance(PortableConformance)
        /// A function in a context; its own context follows when it has one.
        case function(ImageAddress, hasContext: Bool)
    }

    /// How deep functions may hold functions: deeper than any compiler nests its own.
    package static let maximumDepth = 16
    static let maximumParts = 256

    let code: ImageAddress
    /// Empty for a function without a context.
    let parts: [Part]

    init(code: ImageAddress, parts: [Part]) {
        self.code = code
        self.parts = parts
    }

    /// Whether it is code alone.
    package var isPlain: Bool { parts.isEmpty }
}
