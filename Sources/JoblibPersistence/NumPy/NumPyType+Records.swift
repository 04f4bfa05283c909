extension NumPyType {
    /// Bytes without a meaning, as many as a record has; objects if a field holds such.
    ///
    /// - Parameter description: A list of fields, each a tuple of its name, its type and perhaps its shape.
    /// - Returns: nil for what is none.
    init?(record description: PythonLiteral) {
        guard let record = Self.record(description, depth: 0) else { return nil }
        self = record.hasObjects ? NumPyType(.object, itemSize: 8) : NumPyType(.void, itemSize: record.byteCount)
    }

    private static func record(_ description: PythonLiteral, depth: Int) -> (byteCount: Int, hasObjects: Bool)? {
        switch description {
        case .text(let name):
            guard let type = NumPyType(parsing: name) else { return nil }
            return (type.itemSize, type.kind == .object)
        // A type and the shape of an array of it.
        case .tuple(let parts) where parts.count == 2:
            guard depth < 16, case .tuple(let lengths) = parts[1], let one = record(parts[0], depth: depth + 1) else {
                return nil
            }
            return multiplied(one, lengths)
        case .list(let fields):
            var all = (byteCount: 0, hasObjects: false)
            for field in fields {
                guard depth < 16, case .tuple(let parts) = field, parts.count == 2 || parts.count == 3,
                    var one = record(parts[1], depth: depth + 1)
                else { return nil }
                if parts.count == 3 {
                    guard case .tuple(let lengths) = parts[2], let many = multiplied(one, lengths) else { return nil }
                    one = many
                }
                all.hasObjects = all.hasObjects || one.hasObjects
                all.byteCount += one.byteCount
                guard all.byteCount <= 1 << 30 else { return nil }
            }
            return all
        default: return nil
        }
    }

    private static func multiplied(
        _ one: (byteCount: Int, hasObjects: Bool),
        _ lengths: [PythonLiteral]
    ) -> (byteCount: Int, hasObjects: Bool)? {
        var byteCount = one.byteCount
        for length in lengths {
            guard case .integer(let length) = length, length >= 0 else { return nil }
            let (product, overflow) = byteCount.multipliedReportingOverflow(by: length)
            guard !overflow, product <= 1 << 30 else { return nil }
            byteCount = product
        }
        return (byteCount, one.hasObjects)
    }
}
