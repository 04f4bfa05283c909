#if Macros
internal import SwiftDiagnostics
internal import SwiftSyntax
internal import SwiftSyntaxBuilder

/// What @Cached cannot cache, in words.
enum CachedProblem {
    static func noFunction(_ declaration: some SyntaxProtocol) -> any Error {
        let what =
            declaration.is(InitializerDeclSyntax.self)
            ? "an initialiser" : declaration.is(AccessorDeclSyntax.self) ? "an accessor" : "this"
        return MacroMessage.error(
            "noFunction",
            at: declaration,
            "@Cached keeps the results of functions, and \(what) is not one; cache a function that it calls"
        )
    }

    static func noBody(_ function: FunctionDeclSyntax) -> any Error {
        MacroMessage.error("noBody", at: function.name, "@Cached needs a function with a body")
    }

    static func generic(_ function: FunctionDeclSyntax, at node: some SyntaxProtocol) -> any Error {
        MacroMessage.error(
            "generic",
            at: node,
            "@Cached cannot keep the results of the generic function '\(function.name.text)', as one name would stand "
                + "for many functions; cache a function with definite types that calls it"
        )
    }

    static func genericType(_ name: String, of function: FunctionDeclSyntax) -> any Error {
        MacroMessage.error(
            "genericType",
            at: function.name,
            "@Cached cannot keep the results of a method of the generic type '\(name)', as one name would stand for "
                + "many functions; cache a function with definite types that calls it"
        )
    }

    static func noResult(_ function: FunctionDeclSyntax) -> any Error {
        MacroMessage.error(
            "noResult",
            at: function.name,
            "@Cached keeps results, and '\(function.name.text)' returns none"
        )
    }

    static func actor(_ function: FunctionDeclSyntax) -> any Error {
        MacroMessage.error(
            "actor",
            at: function.name,
            "@Cached cannot keep the results of an actor's method, as they depend on the actor's state; cache a static "
                + "method or a function outside"
        )
    }

    static func local(_ function: FunctionDeclSyntax) -> any Error {
        MacroMessage.error(
            "local",
            at: function.name,
            "@Cached cannot see which variables around the local function '\(function.name.text)' its result depends "
                + "on; move it out of the function and make them parameters"
        )
    }

    static func rethrowing(_ node: some SyntaxProtocol) -> any Error {
        MacroMessage.error(
            "rethrows",
            at: node,
            "@Cached cannot keep the results of a function that rethrows, as functions cannot be compared; take "
                + "values only"
        )
    }

    static func mutating(_ modifier: DeclModifierSyntax) -> any Error {
        MacroMessage.error(
            "mutating",
            at: modifier,
            "@Cached cannot keep the results of a mutating method, as a stored result would change nothing; return "
                + "the new value"
        )
    }

    static func hiddenMemory(_ parameter: FunctionParameterSyntax, memory: ExprSyntax) -> any Error {
        let name = (parameter.secondName ?? parameter.firstName).text
        return MacroMessage.error(
            "hiddenMemory",
            at: parameter,
            "in the body of the function the parameter '\(name)' hides '\(memory.trimmedDescription)', which @Cached "
                + "needs there; rename the parameter"
        )
    }

    static func check(_ parameter: FunctionParameterSyntax) throws {
        let name = (parameter.secondName ?? parameter.firstName).text
        if let type = parameter.type.as(AttributedTypeSyntax.self) {
            let specifiers = type.specifiers.map(\.trimmedDescription)
            if let specifier = specifiers.first(where: { $0 == "inout" || $0 == "isolated" }) {
                throw MacroMessage.error(
                    specifier,
                    at: parameter.type,
                    "@Cached cannot keep the results of a function with \(specifier == "inout" ? "an" : "the") "
                        + "\(specifier) parameter, as what it does to '\(name)' would not be done when the result is "
                        + "read back; return the new value"
                )
            }
        }
        if isFunction(parameter.type) {
            throw MacroMessage.error(
                "functionParameter",
                at: parameter.type,
                "@Cached cannot tell one function from another, and so not which result belongs to '\(name)'; take "
                    + "values only"
            )
        }
    }

    static func unknownParameter(
        _ name: String,
        at literal: ExprSyntax,
        of function: FunctionDeclSyntax,
        names: [String]
    ) -> any Error {
        let known = names.filter { $0 != "_" }
        let list =
            known.isEmpty
            ? "which has none" : "which has " + known.map { "'\($0)'" }.joined(separator: ", ")
        let nearest = known.min { Spelling.distance($0, name) < Spelling.distance($1, name) }
        let fixIts = (nearest.map { [$0] } ?? []).map { (nearest: String) in
            MacroMessage.fixIt("use '\(nearest)'", literal, ExprSyntax(StringLiteralExprSyntax(content: nearest)))
        }
        return MacroMessage.error(
            "unknownParameter",
            at: literal,
            "@Cached cannot ignore '\(name)', as it is no parameter of '\(function.name.text)', \(list)",
            fixIts: fixIts
        )
    }

    private static func isFunction(_ type: TypeSyntax) -> Bool {
        if type.is(FunctionTypeSyntax.self) { return true }
        if let attributed = type.as(AttributedTypeSyntax.self) { return isFunction(attributed.baseType) }
        if let optional = type.as(OptionalTypeSyntax.self) { return isFunction(optional.wrappedType) }
        if let tuple = type.as(TupleTypeSyntax.self), tuple.elements.count == 1, let only = tuple.elements.first {
            return isFunction(only.type)
        }
        return false
    }
}
#endif
