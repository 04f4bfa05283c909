internal import JoblibSystem

/// A function that is to be called later: what ``delayed(_:)`` returns.
public struct DelayedFunction<each Argument: Sendable, Output: Sendable>: Sendable {
    let function: @Sendable (repeat each Argument) throws -> Output

    init(_ function: @escaping @Sendable (repeat each Argument) throws -> Output) {
        self.function = function
    }

    /// Keeps the arguments; calls nothing.
    public func callAsFunction(_ argument: repeat each Argument) -> DelayedCall<Output> {
        var arguments: [any Sendable] = []
        for value in repeat each argument { arguments.append(value) }
        let function = function
        return DelayedCall(body: { try function(repeat each argument) }, arguments: arguments, function: self)
    }

    var name: String {
        // This structure holds one function and nothing else, as the inspection asks.
        ClosureInspection(functionHeldBy: self)?.name ?? "a function"
    }
}

/// Captures a function, to be called with its arguments by a ``Parallel`` call.
///
/// Writing `hog(file)` calls the function now; `delayed(hog)(file)` says what to call later.
///
/// ```swift
/// let features = try Parallel(jobs: 8)(images.map { delayed(hog)($0) })
/// ```
///
/// - Parameter function: A named function, a method, or a closure, with any number of arguments.
public func delayed<each Argument: Sendable, Output: Sendable>(
    _ function: @escaping @Sendable (repeat each Argument) throws -> Output
) -> DelayedFunction<repeat each Argument, Output> {
    DelayedFunction(function)
}
