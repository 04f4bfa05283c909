private enum NDArrayKey: String, CodingKey {
    case shape
    case elements
}

extension NDArray: Encodable where Element: Encodable {
    /// Writes `shape` and `elements`.
    ///
    /// - Parameter encoder: Where to.
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: NDArrayKey.self)
        try container.encode(shape, forKey: .shape)
        try container.encode(elements, forKey: .elements)
    }
}

extension NDArray: Decodable where Element: Decodable {
    /// Reads `shape` and `elements`.
    ///
    /// - Parameter decoder: Where from.
    /// - Throws: What the decoder throws, and `DecodingError` if shape and elements do not fit.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: NDArrayKey.self)
        let shape = try container.decode([Int].self, forKey: .shape)
        let elements = try container.decode([Element].self, forKey: .elements)
        guard Self.count(of: shape) == elements.count else {
            let text = JoblibError.wrongElementCount(elements.count, shape: shape).message
            throw DecodingError.dataCorruptedError(forKey: .shape, in: container, debugDescription: text)
        }
        self.init(checkedShape: shape, elements: elements)
    }
}
