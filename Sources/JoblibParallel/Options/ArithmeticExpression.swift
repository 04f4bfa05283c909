/// An arithmetic expression over numbers and one variable, `n_jobs`, computed as Python computes it.
///
/// Numbers, `+ - * / // % **`, unary minus and parentheses; nothing else. The length of the text, with the variable's
/// value put in, and the size of every intermediate result are limited as in joblib, so that no text costs more than
/// a moment.
package struct ArithmeticExpression: Sendable, Hashable {
    static let variable = "n_jobs"
    static let maximumLength = 30
    static let maximumMagnitude = 1_000_000

    package enum Failure: Error, Hashable {
        /// Not an expression, or one without a value, such as `1/0`.
        case invalid
        /// More characters than ``maximumLength``.
        case tooLong
        /// The number shown is beyond ``maximumMagnitude``.
        case tooLarge(String)
    }

    enum Operator: Sendable, Hashable {
        case add, subtract, multiply, divide, floorDivide, remainder, power
    }

    indirect enum Node: Sendable, Hashable {
        case number(Number)
        case variable
        case negated(Node)
        case binary(Operator, Node, Node)
    }

    /// The expression without blanks around it.
    package let text: String
    private let root: Node

    /// Parses `text`, without computing anything.
    package init(_ text: String) throws(Failure) {
        self.text = Self.trimmed(text)
        // No number of jobs is shorter than one digit.
        guard Self.fits(Self.substituted(self.text, variable: 1)) else { throw .tooLong }
        root = try Parser.parse(self.text)
    }

    /// The value where the variable is `number`.
    package func value(variable number: Int) throws(Failure) -> Number {
        guard Self.fits(Self.substituted(text, variable: number)) else { throw .tooLong }
        return try Self.value(of: root, variable: number)
    }

    /// `text` as joblib would compute it: without blanks around it, the number written in place of the variable.
    static func substituted(_ text: String, variable number: Int) -> String {
        trimmed(text).replacing(variable, with: String(number))
    }

    private static func value(of node: Node, variable: Int) throws(Failure) -> Number {
        let value: Number
        switch node {
        case .number(let number): value = number
        case .variable: value = .integer(variable)
        case .negated(let operand): value = -(try self.value(of: operand, variable: variable))
        case .binary(let operation, let left, let right):
            let left = try self.value(of: left, variable: variable)
            let right = try self.value(of: right, variable: variable)
            value = try operation.apply(left, right)
        }
        guard value.magnitude <= Double(maximumMagnitude) else { throw .tooLarge(value.description) }
        return value
    }

    private static func fits(_ text: String) -> Bool {
        text.unicodeScalars.count <= maximumLength
    }

    static func trimmed(_ text: String) -> String {
        let tail = text.drop(while: \.isWhitespace)
        guard let last = tail.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(tail[...last])
    }
}
