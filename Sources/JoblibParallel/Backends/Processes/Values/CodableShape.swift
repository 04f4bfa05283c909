internal import JoblibSystem

/// Whether values of a type can travel: Codable types, nothing at all, and tuples of such.
enum CodableShape {
    /// The first type in `type`, or `type` itself, of which no values can travel; `nil` when all can.
    static func obstacle(in type: any Any.Type) -> (any Any.Type)? {
        if type == Void.self || type is any Codable.Type { return nil }
        guard let tuple = TupleLayout(type) else { return type }
        return tuple.elements.lazy.compactMap { obstacle(in: $0.type) }.first
    }
}
