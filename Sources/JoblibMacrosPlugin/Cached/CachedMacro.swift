#if Macros
internal import SwiftSyntax
internal import SwiftSyntaxBuilder
internal import SwiftSyntaxMacros

/// `@Cached(in: memory)`: the function's body goes into a closure, which is cached.
struct CachedMacro: BodyMacro {
    static func expansion(
        of node: AttributeSyntax,
        providingBodyFor declaration: some DeclSyntaxProtocol & WithOptionalCodeBlockSyntax,
        in context: some MacroExpansionContext
    ) throws -> [CodeBlockItemSyntax] {
        guard let function = declaration.as(FunctionDeclSyntax.self) else {
            throw CachedProblem.noFunction(declaration)
        }
        let options = try CachedOptions(node)
        let place = try CachedPlace(of: function, in: context)
        let parameters = try CachedParameters(function, options: options).all
        let result = try result(of: function)
        guard let body = function.body else { throw CachedProblem.noBody(function) }

        let effects = function.signature.effectSpecifiers
        let isAsync = effects?.asyncSpecifier != nil
        let throwing = effects?.throwsClause
        if let throwing, throwing.throwsSpecifier.tokenKind == .keyword(.rethrows) {
            throw CachedProblem.rethrowing(throwing)
        }

        // The instance is an argument too; the body goes on calling it self.
        var types = parameters.map(\.type)
        var names = parameters.map(\.name)
        var values = names
        var labels = parameters.map { "\($0.label):" }
        if place.isInstance {
            types.insert("Self", at: 0)
            names.insert("_", at: 0)
            values.insert("self", at: 0)
            labels.insert("self:", at: 0)
        }
        let name =
            options.name?.description
            ?? StringLiteralExprSyntax(content: "\(place.path)(\(labels.joined()))").description
        let others = options.others.map { ", \($0.trimmed.with(\.trailingComma, nil))" }.joined()
        let marks = (isAsync ? " async" : "") + (throwing.map { " \($0.trimmedDescription)" } ?? "")
        let awaiting = isAsync ? " await" : ""
        let computing = context.makeUniqueName("compute")
        // A closure whose type is all there is quick to check.
        let closure = """
            \(computing): @Sendable (\(types.joined(separator: ", ")))\(marks) -> \(result) = { \
            (\(names.joined(separator: ", ")))\(marks) in
            \(body.statements.trimmedDescription)
            }
            """
        let call =
            "try\(awaiting) \(options.memory).cached(\(computing), as: \(name), version: \(version(of: function, options))\(others))"
            + "(\(values.joined(separator: ", ")))"
        if let throwing, throwing.type == nil || throwing.type?.trimmedDescription == "any Error" {
            return ["let \(raw: closure)", "return \(raw: call)"]
        }
        // The function cannot throw what the cache may throw; it is called without the cache then.
        let own = throwing?.type.map { "catch let error as \($0.trimmedDescription) { throw error } " } ?? ""
        let again =
            "\(throwing == nil ? "" : "try ")\(isAsync ? "await " : "")"
            + "\(computing)(\(values.joined(separator: ", ")))"
        return [
            "let \(raw: closure)",
            "do { return \(raw: call) } \(raw: own)catch { return \(raw: again) }",
        ]
    }

    private static func result(of function: FunctionDeclSyntax) throws -> String {
        if let generics = function.genericParameterClause { throw CachedProblem.generic(function, at: generics) }
        for parameter in function.signature.parameterClause.parameters {
            if let opaque = opaque(in: parameter.type) { throw CachedProblem.generic(function, at: opaque) }
        }
        guard let type = function.signature.returnClause?.type else { throw CachedProblem.noResult(function) }
        if let opaque = opaque(in: type) { throw CachedProblem.generic(function, at: opaque) }
        let text = type.trimmedDescription
        if text == "Void" || text == "()" || text == "Never" { throw CachedProblem.noResult(function) }
        return text
    }

    /// `some P` in a type.
    private static func opaque(in node: some SyntaxProtocol) -> SomeOrAnyTypeSyntax? {
        if let type = node.as(SomeOrAnyTypeSyntax.self), type.someOrAnySpecifier.tokenKind == .keyword(.some) {
            return type
        }
        for child in node.children(viewMode: .sourceAccurate) {
            if let type = opaque(in: child) { return type }
        }
        return nil
    }

    private static func version(of function: FunctionDeclSyntax, _ options: CachedOptions) -> String {
        var hash = SourceHash()
        hash.add(function.signature)
        if let body = function.body { hash.add(body) }
        guard let version = options.version else { return "\"\(hash.text)\"" }
        return "JoblibMacros._version(\(version), \"\(hash.text)\")"
    }
}
#endif
