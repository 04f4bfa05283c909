#if Macros
internal import SwiftSyntax

/// What is called: a function or a type by its name, or a member of a value.
///
/// A macro sees no types. It goes by the custom that names of types, and only these, begin with a capital letter.
struct Callee {
    /// The value whose method is called; nil for what is called by its name.
    let instance: ExprSyntax?
    /// What is called, or what follows the value.
    let text: String
    /// For messages.
    let name: String
    /// The words in the text.
    let tokens: [String]

    init(_ called: ExprSyntax) throws {
        if let inner = DelayedExpression.withoutParentheses(called) {
            self = try Callee(inner)
            return
        }
        var (plain, generics) = (called, "")
        if let special = called.as(GenericSpecializationExprSyntax.self) {
            (plain, generics) = (special.expression, special.genericArgumentClause.trimmedDescription)
        }
        if let member = plain.as(MemberAccessExprSyntax.self) {
            try self.init(member, generics: generics, called: called)
        } else if plain.is(DeclReferenceExprSyntax.self) || plain.is(ClosureExprSyntax.self) || Self.isType(plain) {
            let isClosure = plain.is(ClosureExprSyntax.self)
            self.init(byName: called, name: isClosure ? "closure" : plain.trimmedDescription)
        } else if let optional = plain.as(OptionalChainingExprSyntax.self) {
            self.init(instance: optional.expression, text: "?", name: "callAsFunction", tokens: [])
        } else {
            self.init(instance: called, text: "", name: "callAsFunction", tokens: [])
        }
    }

    private init(_ member: MemberAccessExprSyntax, generics: String, called: ExprSyntax) throws {
        guard let base = member.base else { throw DelayedProblem.implicitMember(member) }
        if base.is(SuperExprSyntax.self) { throw DelayedProblem.superclass(base) }
        let name = member.declName.baseName.text
        if Self.isType(base) {
            let owner = base.trimmedDescription
            self.init(byName: called, name: name == "init" ? owner : "\(owner).\(name)")
            return
        }
        var (instance, point) = (base, ".")
        if let optional = base.as(OptionalChainingExprSyntax.self) {
            (instance, point) = (optional.expression, "?.")
        } else if Self.endsOptional(base) {
            point = "?."
        }
        self.init(
            instance: instance,
            text: point + member.declName.trimmedDescription + generics,
            name: name,
            tokens: []
        )
    }

    private init(byName called: ExprSyntax, name: String) {
        let tokens = called.tokens(viewMode: .sourceAccurate).map(\.text)
        self.init(instance: nil, text: called.trimmedDescription, name: name, tokens: tokens)
    }

    private init(instance: ExprSyntax?, text: String, name: String, tokens: [String]) {
        self.instance = instance
        self.text = text
        self.name = name
        self.tokens = tokens
    }

    /// Whether this names a type or a module: `Forest`, `Library.Forest`, `Box<Int>`, `[Int]`.
    private static func isType(_ expression: ExprSyntax) -> Bool {
        if let name = expression.as(DeclReferenceExprSyntax.self) { return isTypeName(name.baseName.text) }
        if let member = expression.as(MemberAccessExprSyntax.self) {
            return isTypeName(member.declName.baseName.text) && (member.base.map(isType) ?? false)
        }
        if let special = expression.as(GenericSpecializationExprSyntax.self) { return isType(special.expression) }
        if let array = expression.as(ArrayExprSyntax.self) {
            return array.elements.count == 1 && array.elements.allSatisfy { isType($0.expression) }
        }
        if let dictionary = expression.as(DictionaryExprSyntax.self),
            let elements = dictionary.content.as(DictionaryElementListSyntax.self)
        {
            return elements.count == 1 && elements.allSatisfy { isType($0.key) && isType($0.value) }
        }
        return false
    }

    private static func isTypeName(_ name: String) -> Bool {
        name.first { $0 != "_" && $0 != "`" }?.isUppercase ?? false
    }

    /// Whether this is a chain such as `a?.b`, whose value is optional.
    private static func endsOptional(_ expression: ExprSyntax) -> Bool {
        if expression.is(OptionalChainingExprSyntax.self) { return true }
        if let member = expression.as(MemberAccessExprSyntax.self) { return member.base.map(endsOptional) ?? false }
        if let call = expression.as(FunctionCallExprSyntax.self) { return endsOptional(call.calledExpression) }
        if let item = expression.as(SubscriptCallExprSyntax.self) { return endsOptional(item.calledExpression) }
        return false
    }
}
#endif
