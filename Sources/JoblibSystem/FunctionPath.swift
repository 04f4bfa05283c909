/// A function by its types, name and labels, read from `Module.Type.name<Generics>(label: Type) -> Result`.
struct FunctionPath: CustomStringConvertible {
    private var components: [String] = []
    private var labels: [String] = []

    /// Types of parameters and result, without labels: "(Swift.Int, Swift.Int) throws -> Swift.Int". Empty for none.
    private(set) var signature = ""

    /// Nil when the text is anything else, such as "type metadata for Module.Type".
    init?(_ text: Substring) {
        // A Swift name that the demangler did not understand says nothing to a reader.
        guard !text.hasPrefix("$s"), !text.hasPrefix("$S") else { return nil }
        var rest = text
        if rest.hasPrefix("(extension in "), let end = rest.endOfGroup(at: rest.startIndex) {
            rest = rest[end...].drop { $0 == ":" }
        }
        while true {
            guard let component = Self.takeComponent(&rest) else { return nil }
            components.append(component)
            if rest.hasPrefix("<"), let end = rest.endOfGroup(at: rest.startIndex) { rest = rest[end...] }
            guard rest.hasPrefix(".") else { break }
            rest = rest.dropFirst()
        }
        guard readRest(rest) else { return nil }
        dropModule()
        dropAccessor()
    }

    /// For example `Forest.score(data:nTest:)`; no parentheses for a function without labels.
    var description: String {
        let name = components.joined(separator: ".")
        guard labels.contains(where: { $0 != "_" }) else { return name }
        return name + "(" + labels.map { $0 + ":" }.joined() + ")"
    }

    private mutating func dropModule() {
        if components.count > 1 { components.removeFirst() }
    }

    private mutating func dropAccessor() {
        guard let last = components.last, components.count > 1 else { return }
        if last == "__allocating_init" {
            components[components.count - 1] = "init"
        } else if ["getter", "setter", "modify", "read", "unsafeMutableAddressor"].contains(last) {
            components.removeLast()
        }
    }

    /// What follows the path: parameters, a result, a property's type, or nothing.
    private mutating func readRest(_ text: Substring) -> Bool {
        guard text.hasPrefix("("), let end = text.endOfGroup(at: text.startIndex) else {
            return text.isEmpty || text.hasPrefix(" : ")
        }
        let list = text[text.index(after: text.startIndex)..<text.index(before: end)]
        let parameters = list.isEmpty ? [] : list.splitAllAtTopLevel(", ")
        labels = parameters.map(Self.label)
        let after = text[end...]
        let types = zip(parameters, labels).map { parameter, label in
            // An unlabelled parameter is written "_: Type" where another one has a label.
            parameter.hasPrefix(label + ": ") ? parameter.dropFirst(label.count + 2) : parameter
        }
        signature = "(" + types.joined(separator: ", ") + ")" + after
        return after.isEmpty || after.hasPrefix(" ")
    }

    private static func label(_ parameter: Substring) -> String {
        guard let (label, _) = parameter.splitAtTopLevel(": "), !label.contains(where: { " .(<[".contains($0) }) else {
            return "_"
        }
        return String(label)
    }

    private static func takeComponent(_ text: inout Substring) -> String? {
        guard let first = text.first else { return nil }
        if first == "(" {
            // A private name, "(name in _91D0…)", or a local type, "(Name #1 in function)".
            guard let end = text.endOfGroup(at: text.startIndex) else { return nil }
            let inside = text[text.index(after: text.startIndex)..<text.index(before: end)]
            guard inside.contains(" in ") else { return nil }
            text = text[end...]
            let name = inside.prefix { $0 != " " }
            return name.isEmpty ? nil : String(name)
        }
        if first == "`", let close = text.dropFirst().firstIndex(of: "`") {
            let end = text.index(after: close)
            defer { text = text[end...] }
            return String(text[..<end])
        }
        if "/=-+!*%<>&|^~?.".contains(first) {
            for fixity in [" infix", " prefix", " postfix"] {
                guard let range = text.range(ofText: fixity) else { continue }
                defer { text = text[range.upperBound...] }
                return String(text[..<range.lowerBound])
            }
            return nil
        }
        let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }
        guard !name.isEmpty else { return nil }
        text = text[name.endIndex...]
        return String(name)
    }
}
