/// A value as Python's source text writes it: what the header of an NPY file is.
indirect enum PythonLiteral: Sendable, Hashable {
    case none
    case boolean(Bool)
    case integer(Int)
    case text(String)
    case tuple([PythonLiteral])
    case list([PythonLiteral])
    case dictionary([Pair])

    struct Pair: Sendable, Hashable {
        var key: PythonLiteral
        var value: PythonLiteral
    }
}

extension PythonLiteral: CustomStringConvertible {
    /// As Python would print it.
    var description: String {
        func joined(_ items: [PythonLiteral]) -> String { items.map(\.description).joined(separator: ", ") }
        return switch self {
        case .none: "None"
        case .boolean(let value): value ? "True" : "False"
        case .integer(let value): "\(value)"
        case .text(let text): "'\(text)'"
        case .tuple(let items): items.count == 1 ? "(\(joined(items)),)" : "(\(joined(items)))"
        case .list(let items): "[\(joined(items))]"
        case .dictionary(let pairs): "{" + pairs.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
        }
    }
}
