#if Macros
internal import SwiftSyntax
internal import SwiftSyntaxBuilder
internal import SwiftSyntaxMacros

/// `#delayed(f(a, label: b))`: `f` in a closure that captures nothing, and `a` and `b` beside it.
struct DelayedMacro: ExpressionMacro {
    static func expansion(
        of node: some FreestandingMacroExpansionSyntax,
        in context: some MacroExpansionContext
    ) throws -> ExprSyntax {
        guard node.trailingClosure == nil, let argument = node.arguments.first?.expression else {
            throw DelayedProblem.closure(node)
        }
        let call = try DelayedExpression(argument, of: node)
        let values = call.values.map { ", \($0.trimmedDescription)" }.joined()
        return """
            JoblibMacros._delayedCall(\(literal: call.name), { (\(raw: call.parameters)) in \(raw: call.body) }\
            \(raw: values))
            """
    }
}
#endif
