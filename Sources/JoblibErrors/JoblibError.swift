/// An error of the machinery or of its use: a bad argument, a backend that cannot start, a file that cannot be written.
///
/// A task that failed is never a `JoblibError`: that is a `TaskFailure`, which names the task and its arguments.
///
/// ```swift
/// do {
///     roots = try Parallel(jobs: JobCount(wanted)).map(numbers) { $0.squareRoot() }
/// } catch let error as JoblibError where error.code == .invalidArgument {
///     print(error)        // jobs == 0 in Parallel has no meaning. Write 1 to run in the caller, …
/// }
/// ```
public struct JoblibError: Error, Sendable {
    /// What kind of error this is, for a program to decide by.
    public var code: Code
    /// What went wrong, with what, and why; for a person.
    public var message: String
    /// What to do about it, where that is known.
    public var remedy: String?
    /// The error underneath, where there is one.
    public var cause: (any Error)?

    /// Makes an error; a third party's backend or store reports its own troubles with it.
    ///
    /// - Parameters:
    ///   - code: The kind of error.
    ///   - message: What went wrong, with what, and why.
    ///   - remedy: What to do about it, as a sentence.
    ///   - cause: The error underneath.
    public init(code: Code, message: String, remedy: String? = nil, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.remedy = remedy
        self.cause = cause
    }
}

extension JoblibError: CustomStringConvertible {
    /// The message, the remedy and, on a line of its own, the cause.
    public var description: String {
        var text = message
        if let remedy {
            text += text.hasSuffix(".") ? " " : ". "
            text += remedy
        }
        if let cause {
            text += "\nCaused by: \(cause)"
        }
        return text
    }
}
