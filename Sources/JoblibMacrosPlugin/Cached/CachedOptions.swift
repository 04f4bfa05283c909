#if Macros
internal import SwiftParser
internal import SwiftSyntax

/// What stands in the parentheses of `@Cached(…)`.
struct CachedOptions {
    let memory: ExprSyntax
    private(set) var name: ExprSyntax?
    private(set) var version: ExprSyntax?
    private(set) var ignored: [(name: String, literal: ExprSyntax)] = []
    /// What is passed on as it is.
    private(set) var others: [LabeledExprSyntax] = []

    init(_ attribute: AttributeSyntax) throws {
        guard let arguments = attribute.arguments?.as(LabeledExprListSyntax.self),
            let memory = arguments.first(where: { $0.label?.text == "in" })
        else {
            throw MacroMessage.error(
                "noMemory",
                at: attribute,
                "@Cached needs the memory that keeps the results: @Cached(in: memory)"
            )
        }
        self.memory = memory.expression.trimmed
        var label = ""
        for argument in arguments {
            // A variadic argument's values after the first have no label.
            label = argument.label?.text ?? label
            switch label {
            case "in": break
            case "as": name = argument.expression.trimmed
            case "version": version = argument.expression.trimmed
            case "ignoring": ignored.append((try Self.parameterName(argument.expression), argument.expression))
            default: others.append(argument)
            }
        }
    }

    private static func parameterName(_ expression: ExprSyntax) throws -> String {
        if let name = expression.as(StringLiteralExprSyntax.self)?.representedLiteralValue { return name }
        throw MacroMessage.error(
            "ignoringLiteral",
            at: expression,
            "@Cached reads the names in 'ignoring' when the program is compiled; write them as plain string literals"
        )
    }
}
#endif
