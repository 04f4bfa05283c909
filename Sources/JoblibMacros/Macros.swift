#if Macros
// What the macros expand to is of these modules.
@_exported public import JoblibMemory
@_exported public import JoblibParallel

/// Captures a call as it is written, to be made by a ``Parallel`` call.
///
/// As `delayed(f)(a, b)`, and labels, default arguments, initialisers and methods work too. The arguments are evaluated
/// now, in their order, and so is the value whose method is called; the call is not made.
///
/// ```swift
/// let trees = try Parallel(jobs: 4)((0..<100).map { #delayed(grow(data, depth: 8, seed: $0)) })
/// let scores = try Parallel(jobs: 4, backend: .processes)(files.map { #delayed(model.score($0)) })
/// let call = #delayed(rate(try load(path)))     // loads now, rates later
/// ```
///
/// What is called must be named so that worker processes can call it: a function, a type, or a method of a value. Write
/// `self.grow(3)`, not `grow(3)`, in a method. What begins with a capital letter is taken for a type or a module.
///
/// - Parameter call: A call; a `try` before it makes no difference. Not an async one, not one with a trailing closure or
///   an `inout` argument, and not an operator: the compiler says so.
/// - Returns: The call; nothing is thrown before it is made, save by the arguments.
@freestanding(expression)
public macro delayed<Output: Sendable>(_ call: Output) -> DelayedCall<Output> =
    #externalMacro(module: "JoblibMacrosPlugin", type: "DelayedMacro")

/// Keeps the results of a function, which is called by its own name as before.
///
/// ```swift
/// let memory = try! Memory(location: "cache")
///
/// @Cached(in: memory, ignoring: "verbose")
/// func smoothed(_ signal: [Double], width: Int, verbose: Bool) throws -> [Double] { … }
///
/// let a = try smoothed(signal, width: 5, verbose: true)     // computed and stored
/// let b = try smoothed(signal, width: 5, verbose: false)    // read back
/// ```
///
/// The function's source text is its version: when its parameters or its body change, results of the former text are not
/// used, and they are there again when the change is undone. Comments and white space make no difference. What other
/// functions do is not seen; give a `version` to say that they changed.
///
/// A method's instance is one of the arguments, so its type must be `Codable` and `Sendable`, as those of all parameters
/// that are not ignored and of the result.
///
/// What the cache throws is thrown by a function that `throws`. Any other function computes the result then.
///
/// - Parameters:
///   - memory: Where the results are kept; a global or static constant.
///   - name: Under which the results are kept; not given, the function's own name with its module and type.
///   - version: Something else that results depend on.
///   - ignored: Names of parameters that make no difference to the result.
///   - validation: Whether a stored result may still be used.
///   - mapped: Large arrays in results are read when they are touched.
@attached(body)
public macro Cached(
    in memory: Memory,
    as name: String = "",
    version: CacheVersion = 1,
    ignoring ignored: String...,
    validation: CacheValidation = .always,
    mapped: Bool = false
) = #externalMacro(module: "JoblibMacrosPlugin", type: "CachedMacro")

// What expansions call. The underscores say that nobody else should.

/// The call that `#delayed` has taken apart.
public func _delayedCall<each Argument: Sendable, Output: Sendable>(
    _ name: String,
    _ function: @escaping @Sendable (repeat each Argument) throws -> Output,
    _ argument: repeat each Argument
) -> DelayedCall<Output> {
    delayed(function)(repeat each argument).named(name)
}

/// What a delayed call returns; it is here because it may throw, as the call may or may not.
public func _result<Output>(of output: Output) throws -> Output { output }

/// A version of the user's and the hash of a function's source.
public func _version(_ version: CacheVersion, _ hash: String) -> CacheVersion {
    CacheVersion("\(version.text) \(hash)")
}
#endif
