/// One line of a task's stack.
public struct TracebackFrame: Sendable, Hashable, CustomStringConvertible {
    /// The function's name.
    public let function: String
    /// The source file, when the debug information tells.
    public let file: String?
    /// The line in it.
    public let line: Int?

    package init(function: String, file: String? = nil, line: Int? = nil) {
        self.function = function
        self.file = file
        self.line = line
    }

    /// `parse(_:) at Parser.swift:42`.
    public var description: String {
        guard let file else { return function }
        return "\(function) at \(file)\(line.map { ":\($0)" } ?? "")"
    }
}
