#if Macros
import SwiftDiagnostics
import SwiftOperators
import SwiftParser
import SwiftSyntax
import SwiftSyntaxMacroExpansion
import SwiftSyntaxMacros

@testable import JoblibMacrosPlugin

/// A source text with its macros expanded, and what they had to say.
struct Expansion {
    let text: String
    let diagnostics: [Diagnostic]
    private let file: SourceFileSyntax

    init(_ source: String) throws {
        let parsed = Parser.parse(source: source)
        // The compiler folds operators before it expands.
        guard let file = try OperatorTable.standardOperators.foldAll(parsed).as(SourceFileSyntax.self) else {
            throw Broken()
        }
        let context = BasicMacroExpansionContext(
            sourceFiles: [file: .init(moduleName: "App", fullFilePath: "/App/Main.swift")]
        )
        let expanded = file.expand(
            macros: ["delayed": DelayedMacro.self, "Cached": CachedMacro.self],
            contextGenerator: {
                BasicMacroExpansionContext(sharingWith: context, lexicalContext: $0.allMacroLexicalContexts())
            }
        )
        self.file = file
        text = expanded.description
        diagnostics = context.diagnostics
    }

    /// The only message; nil when there is none, or more than one.
    var message: String? { diagnostics.count == 1 ? diagnostics[0].message : nil }
    /// What the message points at.
    var place: String? { diagnostics.count == 1 ? diagnostics[0].node.trimmedDescription : nil }
    /// The source after each of the message's offers.
    var repaired: [String] {
        diagnostics.flatMap(\.fixIts).map { fixIt in
            var edits = fixIt.edits
            edits.sort { $0.range.lowerBound > $1.range.lowerBound }
            var bytes = Array(file.description.utf8)
            for edit in edits {
                let range = edit.range.lowerBound.utf8Offset..<edit.range.upperBound.utf8Offset
                bytes.replaceSubrange(range, with: Array(edit.replacement.utf8))
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}
#endif
