/// One step from a container to a value in it.
package enum PathComponent: Sendable, Hashable {
    case key(String)
    case index(Int)

    init(_ key: some CodingKey) {
        if let index = key.intValue, key.stringValue == "Index \(index)" || key is PathKey {
            self = .index(index)
        } else {
            self = .key(key.stringValue)
        }
    }

    /// The path as one would write it in Swift: `configurations[3].name`.
    package static func text(of path: [PathComponent]) -> String {
        var text = ""
        for component in path {
            switch component {
            case .index(let index): text += "[\(index)]"
            case .key(let key) where key.isPlainName: text += text.isEmpty ? key : "." + key
            case .key(let key): text += "[" + key.debugDescription + "]"
            }
        }
        return text
    }
}

/// A step of a coding path, for those who ask an encoder or decoder where it is.
struct PathKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) {
        stringValue = "Index \(intValue)"
        self.intValue = intValue
    }

    init(_ component: PathComponent) {
        switch component {
        case .key(let key): self.init(stringValue: key)
        case .index(let index): self.init(intValue: index)
        }
    }
}

extension String {
    /// Can follow a point in a path without being taken for something else.
    fileprivate var isPlainName: Bool {
        guard let first = unicodeScalars.first, first.properties.isXIDStart || first == "_" else { return false }
        return unicodeScalars.allSatisfy { $0.properties.isXIDContinue }
    }
}
