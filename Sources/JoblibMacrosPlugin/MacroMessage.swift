#if Macros
internal import SwiftDiagnostics
internal import SwiftSyntax

/// What a macro has against the source, or what it offers to change.
struct MacroMessage: DiagnosticMessage, FixItMessage {
    let message: String
    let name: String

    var severity: DiagnosticSeverity { .error }
    var diagnosticID: MessageID { MessageID(domain: "Joblib", id: name) }
    var fixItID: MessageID { diagnosticID }

    /// A change of one node, offered with a text.
    static func fixIt(_ text: String, _ old: some SyntaxProtocol, _ new: some SyntaxProtocol) -> FixIt {
        // What stands around the old node stays.
        let new = new.with(\.leadingTrivia, old.leadingTrivia).with(\.trailingTrivia, old.trailingTrivia)
        return FixIt(
            message: MacroMessage(message: text, name: "fixIt"),
            changes: [.replace(oldNode: Syntax(old), newNode: Syntax(new))]
        )
    }

    /// An error to be thrown by an expansion.
    static func error(
        _ name: String,
        at node: some SyntaxProtocol,
        _ text: String,
        fixIts: [FixIt] = []
    ) -> DiagnosticsError {
        let message = MacroMessage(message: text, name: name)
        return DiagnosticsError(diagnostics: [Diagnostic(node: node, message: message, fixIts: fixIts)])
    }
}
#endif
