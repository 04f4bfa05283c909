/// One step of the way from a file's value to a part of it: `.weights`, `[3]`, `['a key']`.
package enum InspectedStep: Sendable, Hashable {
    /// A name: of a key that is text, an attribute, an array in an archive.
    case name(String)
    /// A place in a list.
    case index(Int)
    /// Any other key, as Python would show it.
    case key(String)
    /// What an object was made from.
    case argument(Int)

    /// The text of a way that goes on after others, `isFirst` if it does not.
    package func text(isFirst: Bool) -> String {
        switch self {
        case .name(let name) where Self.isPlain(name): isFirst ? name : "." + name
        case .name(let name): "['" + Self.escaped(name) + "']"
        case .index(let index): "[\(index)]"
        case .key(let text): "[\(text)]"
        case .argument(let index): "(\(index))"
        }
    }

    private static func isPlain(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, first == "_" || first.properties.isAlphabetic else { return false }
        return name.unicodeScalars.allSatisfy { $0 == "_" || $0.properties.isAlphabetic || ("0"..."9").contains($0) }
    }

    private static func escaped(_ name: String) -> String {
        var text = ""
        for character in name {
            if character == "'" || character == "\\" { text += "\\" }
            text.append(character)
        }
        return text
    }

    /// The text of a way.
    package static func text(of steps: [InspectedStep]) -> String {
        var text = ""
        for step in steps { text += step.text(isFirst: text.isEmpty) }
        return text
    }

    /// Reads a way as a person writes it: `layers[0].weights`, `layers.0.weights`, `['a key'].x`; nil for what is none.
    package static func steps(of text: String) -> [InspectedStep]? {
        var steps: [InspectedStep] = []
        var rest = Substring(text)
        while let first = rest.first {
            switch first {
            case "[":
                guard let step = bracket(&rest) else { return nil }
                steps.append(step)
            case "(":
                guard let end = rest.firstIndex(of: ")"), let index = Int(rest[..<end].dropFirst()) else { return nil }
                steps.append(.argument(index))
                rest = rest[rest.index(after: end)...]
            case "." where !steps.isEmpty || rest.count > 1:
                rest.removeFirst()
                guard let step = name(&rest) else { return nil }
                steps.append(step)
            default:
                guard steps.isEmpty, let step = name(&rest) else { return nil }
                steps.append(step)
            }
        }
        return steps
    }

    private static func name(_ rest: inout Substring) -> InspectedStep? {
        let name = rest.prefix { $0 != "." && $0 != "[" && $0 != "(" }
        guard !name.isEmpty else { return nil }
        rest = rest[name.endIndex...]
        return .name(String(name))
    }

    private static func bracket(_ rest: inout Substring) -> InspectedStep? {
        rest.removeFirst()
        guard let quote = rest.first, quote == "'" || quote == "\"" else {
            guard let end = rest.firstIndex(of: "]") else { return nil }
            let text = String(rest[..<end])
            rest = rest[rest.index(after: end)...]
            return Int(text).map { .index($0) } ?? .key(text)
        }
        rest.removeFirst()
        var name = ""
        while let character = rest.popFirst() {
            if character == quote {
                guard rest.popFirst() == "]" else { return nil }
                return .name(name)
            }
            if character == "\\", let next = rest.popFirst() { name.append(next) } else { name.append(character) }
        }
        return nil
    }

    /// Whether a step as a person has written it leads where this one does.
    package func isMeant(by written: InspectedStep) -> Bool {
        switch (self, written) {
        case (.index(let index), .name(let name)): Int(name) == index
        case (.key(let key), .index(let index)): key == String(index)
        case (.key(let key), .name(let name)): key == name
        default: self == written
        }
    }
}
