/// Turns the demangler's exact but long names into what the author of a function would call it.
package enum FunctionName {
    /// A name for an error message; nil when the text names no function that a user wrote.
    ///
    /// Modules, types and compiler-made wrappers are dropped; the enclosing types and the argument labels are kept.
    ///
    /// - Parameter demangled: A demangled Swift name, or the plain name of a C function.
    ///
    /// For example:
    ///
    ///     App.add(Swift.Int, Swift.Int) -> Swift.Int                          add
    ///     App.score(data: [Swift.Double], nTest: Swift.Int) -> Swift.Double   score(data:nTest:)
    ///     closure #1 (Swift.Int) -> Swift.Int in App.run(files: Swift.Int)    closure #1 in run(files:)
    package static func readable(demangled: String) -> String? {
        // No name is longer; an end for a text that was made to be.
        guard demangled.utf8.count <= 1 << 16 else { return nil }
        // The demangler writes the attribute right behind the name, which is no part of it.
        return readable(demangled.replacing("@Sendable (", with: "(")[...], depth: 0)
    }

    /// Words before a name that say how the compiler came to the function, not which one it is.
    private static let wrappers = [
        "partial apply forwarder for ", "partial apply for ", "curry thunk of ", "dispatch thunk of ", "merged ",
        "async function pointer to ", "suspend resume partial function for ", "await resume partial function for ",
        "protocol witness for ", "vtable thunk for ", "variable initialization expression of ",
        "back deployment thunk for ",
        "@objc ", "@nonobjc ", "static ", "class ",
    ]

    /// Words before `<…> of ` and a name, for copies of a function that the optimiser made.
    private static let specializations = [
        "generic specialization ", "generic partial specialization ", "generic not re-abstracted specialization ",
        "generic pre-specialization ", "inlined generic function ", "function signature specialization ",
    ]

    private static func readable(_ text: Substring, depth: Int) -> String? {
        // Deeper than any compiler nests; an end for a text that was made to be deep.
        guard depth < 32 else { return nil }
        let text = unwrapped(text)
        for prefix in specializations where text.hasPrefix(prefix) {
            return specializedThunk(text.dropFirst(prefix.count), depth: depth)
        }
        if isThunk(text) { return nil }
        for kind in ["closure #", "implicit closure #"] where text.hasPrefix(kind) {
            return closure(text.dropFirst(kind.count), kind: kind, depth: depth)
        }
        return localFunction(text, depth: depth) ?? FunctionPath(text)?.description
    }

    private static func isThunk(_ text: Substring) -> Bool {
        text.hasPrefix("reabstraction thunk ")
    }

    /// The name inside all that only says how the compiler came to it.
    static func unwrapped(_ text: Substring) -> Substring {
        var text = withoutSuffixes(text)
        while let inner = wrapped(text) { text = inner }
        return text
    }

    private static func wrapped(_ text: Substring) -> Substring? {
        for prefix in wrappers where text.hasPrefix(prefix) { return text.dropFirst(prefix.count) }
        // "(1) suspend resume partial function for …": the parts of an async function are numbered.
        if text.hasPrefix("("), let close = text.firstIndex(of: ")"), UInt(text[..<close].dropFirst()) != nil {
            return text[text.index(after: close)...].drop { $0 == " " }
        }
        for prefix in specializations where text.hasPrefix(prefix) {
            guard let (_, name) = specialized(text.dropFirst(prefix.count)), !isThunk(name) else { return nil }
            return name
        }
        return nil
    }

    /// `<what was specialised> of name`.
    private static func specialized(_ text: Substring) -> (what: Substring, name: Substring)? {
        guard text.hasPrefix("<"), let end = text.endOfGroup(at: text.startIndex) else { return nil }
        let rest = text[end...]
        return rest.hasPrefix(" of ") ? (text[..<end], rest.dropFirst(4)) : nil
    }

    /// A thunk made for one function: its name tells which.
    private static func specializedThunk(_ text: Substring, depth: Int) -> String? {
        guard let (what, _) = specialized(text) else { return nil }
        for mark in ["[Constant Propagated Function : ", "[Closure Propagated : "] {
            guard let start = what.range(ofText: mark), let close = what.endOfGroup(at: start.lowerBound) else {
                continue
            }
            let inside = what[start.upperBound..<what.index(before: close)]
            let function = inside.range(ofText: ", Argument Types : ").map { inside[..<$0.lowerBound] } ?? inside
            return readable(function, depth: depth + 1)
        }
        return nil
    }

    /// `number signature in context`.
    private static func closure(_ text: Substring, kind: String, depth: Int) -> String? {
        let number = text.prefix { $0.isNumber }
        guard !number.isEmpty else { return nil }
        let name = kind + number
        guard let (_, context) = text.splitAtTopLevel(" in ") else { return name }
        // A reference to a method is two implicit closures, one that takes the instance and one in it.
        let outer = "implicit closure #"
        if kind == outer, context.hasPrefix(outer), let type = instanceType(context.dropFirst(outer.count)) {
            return "a method of \(type)"
        }
        guard let place = readable(context, depth: depth + 1) else { return name }
        return "\(name) in \(place)"
    }

    /// The type of the only parameter in `number (type) -> …`.
    private static func instanceType(_ text: Substring) -> String? {
        guard let open = text.firstIndex(of: "("), let close = text.endOfGroup(at: open) else { return nil }
        let inside = text[text.index(after: open)..<text.index(before: close)]
        return FunctionPath(inside)?.description
    }

    /// `name #number signature in context`.
    private static func localFunction(_ text: Substring, depth: Int) -> String? {
        guard let (name, rest) = text.splitAtTopLevel(" #"), !name.contains(" "), rest.first?.isNumber == true,
            let (signature, context) = rest.splitAtTopLevel(" in ")
        else { return nil }
        // The number is part of no name: two local functions of one name are rare.
        let list = signature.drop { $0.isNumber }.drop { $0 == " " }
        guard let function = FunctionPath(name + list.drop { $0 != "(" })?.description else { return nil }
        guard let place = readable(context, depth: depth + 1) else { return function }
        return "\(function) in \(place)"
    }

    private static func withoutSuffixes(_ text: Substring) -> Substring {
        var text = text
        for mark in [" with unmangled suffix ", " in conformance "] {
            if let (before, _) = text.splitAtTopLevel(mark) { text = before }
        }
        return text
    }
}
