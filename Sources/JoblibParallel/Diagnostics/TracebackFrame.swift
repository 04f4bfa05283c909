/// One line of a task's stack.
public struct TracebackFrame: Sendable, Hashable, CustomStringConvertible {
    /// The function's name.
    public let function: String
    /// The source file, when the debug information tells.
    public let file: String?
    /// The line in it, from 1.
    public let line: Int?
    /// The column in that line, from 1, when it is known.
    public let column: Int?
    /// The name of the program or library that the function is in; `nil` when it is not known.
    public let image: String?
    /// How many of its callers are not in the traceback, as after a recursion without end; else 0.
    public let omittedCallers: Int

    package init(
        function: String,
        file: String? = nil,
        line: Int? = nil,
        column: Int? = nil,
        image: String? = nil,
        omittedCallers: Int = 0
    ) {
        self.function = function
        self.file = file
        self.line = line
        self.column = column
        self.image = image
        self.omittedCallers = omittedCallers
    }

    /// `parse(_:) at Parser.swift:42`; `deflate in libz.so.1` where there is no file.
    public var description: String {
        guard let file else { return image.map { "\(function) in \($0)" } ?? function }
        return "\(function) at \(file)\(line.map { ":\($0)" } ?? "")"
    }
}
