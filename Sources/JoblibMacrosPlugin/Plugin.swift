#if Macros
internal import SwiftCompilerPlugin
internal import SwiftSyntaxMacros

@main
struct Plugin: CompilerPlugin {
    let providingMacros: [any Macro.Type] = [DelayedMacro.self, CachedMacro.self]
}
#else
// A macro target is a program, and a program must have a beginning.
@main
enum Plugin {
    static func main() {}
}
#endif
