#if Macros
internal import SwiftDiagnostics
internal import SwiftSyntax
internal import SwiftSyntaxBuilder
internal import SwiftSyntaxMacros

/// What #delayed cannot delay, in words.
enum DelayedProblem {
    /// What is wrong with a call's arguments.
    static func check(_ call: FunctionCallExprSyntax) throws {
        if let closure = call.trailingClosure {
            throw MacroMessage.error(
                "trailingClosure",
                at: closure,
                "#delayed cannot delay a call with a trailing closure; write the closure inside the call's parentheses, "
                    + "with its label, for worker processes as part of a function of its own"
            )
        }
        for argument in call.arguments {
            if argument.expression.is(InOutExprSyntax.self) {
                throw MacroMessage.error(
                    "inout",
                    at: argument.expression,
                    "#delayed cannot delay a call with an inout argument, as the variable may be gone when the call "
                        + "is made; let the function return the new value"
                )
            }
        }
    }

    static func closure(_ macro: some FreestandingMacroExpansionSyntax) -> any Error {
        MacroMessage.error(
            "closure",
            at: macro,
            "#delayed takes a call, not a closure; 'delayed' without # takes a closure",
            fixIts: [MacroMessage.fixIt("remove '#'", macro, plain(macro))]
        )
    }

    static func noCall(_ expression: ExprSyntax, in macro: some FreestandingMacroExpansionSyntax) -> any Error {
        let text = expression.trimmedDescription
        if expression.is(ClosureExprSyntax.self) { return closure(macro) }
        if let suspension = expression.as(AwaitExprSyntax.self) {
            return MacroMessage.error(
                "await",
                at: suspension,
                "#delayed cannot delay an async call; give Parallel's map an async body: "
                    + "try await Parallel(jobs: 8).map(items) { try await f($0) }"
            )
        }
        if let infix = expression.as(InfixOperatorExprSyntax.self) {
            return anOperator(infix, in: macro)
        }
        if expression.is(PrefixOperatorExprSyntax.self) || expression.is(PostfixOperatorExprSyntax.self)
            || expression.is(SequenceExprSyntax.self) || expression.is(TernaryExprSyntax.self)
        {
            return MacroMessage.error(
                "operator",
                at: expression,
                "#delayed needs a call such as f(x), and '\(text)' is an operator's; write a closure: "
                    + "delayed { … }(…)"
            )
        }
        if expression.is(DeclReferenceExprSyntax.self) || expression.is(MemberAccessExprSyntax.self) {
            return MacroMessage.error(
                "reference",
                at: expression,
                "#delayed needs a call such as f(x), and '\(text)' is not called",
                fixIts: [
                    MacroMessage.fixIt("call it: '\(text)()'", expression, "\(expression.trimmed)()" as ExprSyntax),
                    MacroMessage.fixIt("use 'delayed(\(text))', which takes a function", macro, plain(macro)),
                ]
            )
        }
        return MacroMessage.error(
            "noCall",
            at: expression,
            "#delayed needs a call such as f(x), and '\(text)' is not one; to compute it later write a closure: "
                + "delayed { … }(…)"
        )
    }

    static func implicitMember(_ member: MemberAccessExprSyntax) -> any Error {
        let name = member.declName.trimmedDescription
        return MacroMessage.error(
            "implicitMember",
            at: member,
            "#delayed needs the type before '.\(name)'",
            fixIts: [
                MacroMessage.fixIt(
                    "name the type",
                    member,
                    member.with(\.base, ExprSyntax(EditorPlaceholderExprSyntax(placeholder: .identifier("<#Type#>"))))
                )
            ]
        )
    }

    static func superclass(_ base: ExprSyntax) -> any Error {
        MacroMessage.error(
            "super",
            at: base,
            "#delayed cannot call through 'super', which exists only inside the method; make the call in a function"
        )
    }

    private static func anOperator(
        _ infix: InfixOperatorExprSyntax,
        in macro: some FreestandingMacroExpansionSyntax
    ) -> any Error {
        guard let sign = infix.operator.as(BinaryOperatorExprSyntax.self)?.operator.text else {
            return MacroMessage.error(
                "assignment",
                at: infix,
                "#delayed needs a call such as f(x), and an assignment is not one"
            )
        }
        let (left, right) = (infix.leftOperand.trimmed, infix.rightOperand.trimmed)
        let closure = "delayed { $0 \(sign) $1 }(\(left), \(right))"
        return MacroMessage.error(
            "operator",
            at: infix.operator,
            "#delayed needs a call such as f(x), and '\(sign)' is an operator",
            fixIts: [MacroMessage.fixIt("use '\(closure)'", macro, "\(raw: closure)" as ExprSyntax)]
        )
    }

    /// The same without the sign.
    private static func plain(_ macro: some FreestandingMacroExpansionSyntax) -> ExprSyntax {
        let text = macro.trimmedDescription
        return "\(raw: text.hasPrefix("#") ? String(text.dropFirst()) : text)"
    }
}
#endif
