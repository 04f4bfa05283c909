extension JoblibValue: Codable {
    /// Reads the value as it is from a joblib file; from other formats, what they can tell apart.
    ///
    /// - Parameter decoder: Where from.
    /// - Throws: What the decoder throws.
    public init(from decoder: any Decoder) throws {
        if let decoder = decoder as? ValueDecoder {
            self = decoder.value
        } else if let container = try? decoder.container(keyedBy: PlaceKey.self) {
            let pairs = try container.allKeys.map {
                (key: JoblibValue.string($0.stringValue), value: try container.decode(JoblibValue.self, forKey: $0))
            }
            self = .dictionary(JoblibDictionary(pairs))
        } else if var container = try? decoder.unkeyedContainer() {
            var elements: [JoblibValue] = []
            while !container.isAtEnd { elements.append(try container.decode(JoblibValue.self)) }
            self = .list(elements)
        } else {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .none
            } else if let value = try? container.decode(Bool.self) {
                self = .bool(value)
            } else if let value = try? container.decode(Int.self) {
                self = .int(value)
            } else if let value = try? container.decode(Double.self) {
                self = .float(value)
            } else {
                self = .string(try container.decode(String.self))
            }
        }
    }

    /// Writes the value as it is to a joblib file. Other formats take it if it has a counterpart there.
    ///
    /// - Parameter encoder: Where to.
    /// - Throws: What the encoder throws, and `EncodingError` for what other formats do not have: complex and very large
    ///   numbers, and keys that are not text.
    public func encode(to encoder: any Encoder) throws {
        if let encoder = encoder as? ValueEncoder { return encoder.target.set(self) }
        switch self {
        case .none:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .bool(let value): try value.encode(to: encoder)
        case .int(let value): try value.encode(to: encoder)
        case .float(let value): try value.encode(to: encoder)
        case .string(let value): try value.encode(to: encoder)
        case .bytes(let bytes): try bytes.encode(to: encoder)
        case .list(let values), .tuple(let values): try values.encode(to: encoder)
        case .set(let values): try values.encode(to: encoder)
        case .dictionary(let entries):
            var container = encoder.container(keyedBy: PlaceKey.self)
            for (key, value) in entries {
                guard case .string(let name) = key else { throw unknownElsewhere(encoder) }
                try container.encode(value, forKey: PlaceKey(stringValue: name))
            }
        case .array(let array):
            guard let length = array.shape.first else { return try array.value(at: 0).encode(to: encoder) }
            var container = encoder.unkeyedContainer()
            for index in 0..<length { if let element = array[index] { try container.encode(element) } }
        case .bigInteger, .complex: throw unknownElsewhere(encoder)
        }
    }

    private func unknownElsewhere(_ encoder: any Encoder) -> EncodingError {
        let text = "only joblib files have \(kindDescription)"
        return .invalidValue(self, .init(codingPath: encoder.codingPath, debugDescription: text))
    }
}
