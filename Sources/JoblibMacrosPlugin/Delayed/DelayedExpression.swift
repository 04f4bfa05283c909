#if Macros
internal import SwiftSyntax
internal import SwiftSyntaxMacros

/// A call, taken apart: what is evaluated now, and what is called later.
struct DelayedExpression {
    /// What is evaluated now, in the order of evaluation.
    private(set) var values: [ExprSyntax] = []
    /// For messages: `score(_:width:)`.
    let name: String
    /// Names of the values, where the call is made.
    let parameters: String
    /// The call.
    let body: String

    init(_ expression: ExprSyntax, of macro: some FreestandingMacroExpansionSyntax) throws {
        var expression = expression
        var mark: String?
        while true {
            if let inner = Self.withoutParentheses(expression) {
                expression = inner
            } else if let attempt = expression.as(TryExprSyntax.self) {
                // try? changes the result and must stay where the call is made.
                if let sign = attempt.questionOrExclamationMark { mark = "try\(sign.text)" }
                expression = attempt.expression
            } else {
                break
            }
        }
        guard let call = expression.as(FunctionCallExprSyntax.self) else {
            throw DelayedProblem.noCall(expression, in: macro)
        }
        try DelayedProblem.check(call)

        let callee = try Callee(call.calledExpression)
        let prefix = Self.unusedPrefix(beside: callee)
        var labels = ""
        var forwarded: [String] = []
        if let instance = callee.instance {
            values.append(instance)
            labels = "self:"
        }
        for argument in call.arguments {
            let label = argument.label?.text
            forwarded.append((label.map { "\($0): " } ?? "") + "\(prefix)\(values.count)")
            labels += "\(label ?? "_"):"
            values.append(argument.expression)
        }
        let target = callee.instance == nil ? callee.text : "\(prefix)0\(callee.text)"
        name = labels.isEmpty ? callee.name : "\(callee.name)(\(labels))"
        parameters = values.indices.map { "\(prefix)\($0)" }.joined(separator: ", ")
        let made = "\(target)(\(forwarded.joined(separator: ", ")))"
        // Whether the function throws cannot be seen, and a needless try would be warned of.
        body = "try JoblibMacros._result(of: \(mark.map { "\($0) " } ?? "")\(made))"
    }

    static func withoutParentheses(_ expression: ExprSyntax) -> ExprSyntax? {
        guard let tuple = expression.as(TupleExprSyntax.self), tuple.elements.count == 1,
            let element = tuple.elements.first, element.label == nil
        else { return nil }
        return element.expression
    }

    /// The parameters' names must not hide what is called.
    private static func unusedPrefix(beside callee: Callee) -> String {
        var prefix = "p"
        let used = callee.tokens
        while used.contains(where: { $0.hasPrefix(prefix) && Int($0.dropFirst(prefix.count)) != nil }) { prefix += "_" }
        return prefix
    }
}
#endif
