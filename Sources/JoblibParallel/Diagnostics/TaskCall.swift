/// Which function was called with what, as text, for messages.
public struct TaskCall: Sendable, Hashable, CustomStringConvertible {
    /// The function's name, as in `score(data:nTest:)` or `closure #1 in run()`.
    public let function: String
    /// The argument values; long ones are shortened.
    public let arguments: [String]

    package init(function: String, arguments: [String]) {
        self.function = function
        self.arguments = arguments
    }

    /// The call as one would write it: `score([1.0, 2.0, … 998 more], 12)`; `closure #1 in run (12)` for what has no
    /// name of its own.
    public var description: String {
        guard !function.contains(" ") else {
            // Without the space the values would look like those of the function around the closure.
            return arguments.isEmpty ? function : "\(function) (\(arguments.joined(separator: ", ")))"
        }
        // A name with labels takes the values between them; any other name gets them in parentheses.
        let base = function.prefix { $0 != "(" }
        let labels =
            function.dropFirst(base.count + 1)
            .split(separator: ":", omittingEmptySubsequences: false).dropLast()
        let values =
            labels.count == arguments.count
            ? zip(labels, arguments).map { $0 == "_" ? $1 : "\($0): \($1)" }
            : arguments
        let name = labels.count == arguments.count ? String(base) : function
        return "\(name)(\(values.joined(separator: ", ")))"
    }
}
