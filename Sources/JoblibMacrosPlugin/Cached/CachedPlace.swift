#if Macros
internal import SwiftParser
internal import SwiftSyntax
internal import SwiftSyntaxMacros

/// Where a function is declared: its full name, and whether it has an instance.
struct CachedPlace {
    /// `Module.Type.function`.
    let path: String
    let isInstance: Bool

    init(of function: FunctionDeclSyntax, in context: some MacroExpansionContext) throws {
        for modifier in function.modifiers where modifier.name.tokenKind == .keyword(.mutating) {
            throw CachedProblem.mutating(modifier)
        }
        var names: [String] = []
        for scope in context.lexicalContext {
            if let type = scope.asProtocol((any DeclGroupSyntax).self) {
                names.insert(try Self.name(of: type, around: function), at: 0)
            } else if scope.is(FunctionDeclSyntax.self) || scope.is(ClosureExprSyntax.self)
                || scope.is(InitializerDeclSyntax.self) || scope.is(AccessorDeclSyntax.self)
            {
                if names.isEmpty { throw CachedProblem.local(function) }
                if let outer = scope.as(FunctionDeclSyntax.self) { names.insert("\(outer.name.text)()", at: 0) }
            }
        }
        let isStatic = function.modifiers.contains {
            $0.name.tokenKind == .keyword(.static) || $0.name.tokenKind == .keyword(.class)
        }
        isInstance = !names.isEmpty && !isStatic
        if isInstance, context.lexicalContext.first?.is(ActorDeclSyntax.self) ?? false {
            throw CachedProblem.actor(function)
        }
        let module = Self.module(of: function, in: context)
        path = ((module.map { [$0] } ?? []) + names + [function.name.text]).joined(separator: ".")
    }

    private static func name(of type: any DeclGroupSyntax, around function: FunctionDeclSyntax) throws -> String {
        if let generic = type.asProtocol((any WithGenericParametersSyntax).self),
            generic.genericParameterClause != nil, let named = type.asProtocol((any NamedDeclSyntax).self)
        {
            throw CachedProblem.genericType(named.name.text, of: function)
        }
        if let part = type.as(ExtensionDeclSyntax.self) { return part.extendedType.trimmedDescription }
        return type.asProtocol((any NamedDeclSyntax).self)?.name.text ?? "_"
    }

    /// The first part of `#fileID`.
    private static func module(of function: FunctionDeclSyntax, in context: some MacroExpansionContext) -> String? {
        let location = context.location(of: function, at: .afterLeadingTrivia, filePathMode: .fileID)
        let file = location?.file.as(StringLiteralExprSyntax.self)?.representedLiteralValue
        return file?.split(separator: "/").first.map(String.init)
    }
}
#endif
