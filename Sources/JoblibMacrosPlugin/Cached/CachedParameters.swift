#if Macros
internal import SwiftSyntax

/// A function's parameters, as far as its result depends on them.
struct CachedParameters {
    struct Parameter {
        let label: String
        let name: String
        let type: String
    }

    /// Those that make a difference.
    let all: [Parameter]

    init(_ function: FunctionDeclSyntax, options: CachedOptions) throws {
        let declared = function.signature.parameterClause.parameters
        let names = declared.map(Self.name)
        for ignored in options.ignored where !names.contains(ignored.name) {
            guard !declared.contains(where: { $0.firstName.text == ignored.name && $0.secondName != nil }) else {
                continue
            }
            throw CachedProblem.unknownParameter(ignored.name, at: ignored.literal, of: function, names: names)
        }
        let ignored = Set(options.ignored.map(\.name))
        var all: [Parameter] = []
        for parameter in declared {
            try CachedProblem.check(parameter)
            let name = Self.name(parameter)
            // What has no name cannot be used, and so makes no difference.
            if name == "_" || ignored.contains(name) || ignored.contains(parameter.firstName.text) { continue }
            if options.memory.tokens(viewMode: .sourceAccurate).contains(where: { $0.text == name }) {
                throw CachedProblem.hiddenMemory(parameter, memory: options.memory)
            }
            let type = parameter.type.trimmedDescription
            all.append(
                Parameter(
                    label: parameter.firstName.text,
                    name: (parameter.secondName ?? parameter.firstName).text,
                    type: parameter.ellipsis == nil ? type : "[\(type)]"
                )
            )
        }
        self.all = all
    }

    /// The name in the body, without backticks.
    private static func name(_ parameter: FunctionParameterSyntax) -> String {
        let name = (parameter.secondName ?? parameter.firstName).text
        return name.hasPrefix("`") ? String(name.dropFirst().dropLast()) : name
    }
}
#endif
