extension JoblibArray {
    /// The element at a place in C order, as the plain value that a NumPy scalar of its type is.
    func value(at index: Int) -> JoblibValue {
        if let number = storage.number(at: index) { return Self.value(number) }
        let bytes = storage.bytes(at: index)
        switch type.kind {
        case .complex where type.itemSize <= 16:
            let part = NumPyType(.real, itemSize: type.itemSize / 2)
            // Safe: the element has two parts.
            let parts = unsafe bytes.withUnsafeBytes { bytes in
                (unsafe part.number(in: bytes, at: 0), unsafe part.number(in: bytes, at: part.itemSize))
            }
            guard case (.real(let real), .real(let imaginary)) = parts else { return .none }
            return .complex(real: real, imaginary: imaginary)
        case .text: return .string(text(bytes))
        case .bytes:
            let end = bytes.lastIndex { $0 != 0 }.map { $0 + 1 } ?? bytes.startIndex
            return .bytes(Array(bytes[..<end]))
        default: return .bytes(Array(bytes))
        }
    }

    private static func value(_ number: NumPyNumber) -> JoblibValue {
        switch number {
        case .boolean(let value): .bool(value)
        case .integer(let value): .int(Int(value))
        case .unsigned(let value): Int(exactly: value).map { .int($0) } ?? .bigInteger(BigInteger(value))
        case .real(let value): .float(value)
        }
    }

    /// UTF-32, filled up with zeros.
    private func text(_ bytes: ArraySlice<UInt8>) -> String {
        var units: [UInt32] = []
        for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: 4) {
            let parts = bytes[start..<start + 4]
            units.append((type.isBigEndian ? Array(parts) : parts.reversed()).reduce(0) { $0 << 8 | UInt32($1) })
        }
        while units.last == 0 { units.removeLast() }
        var text = ""
        for unit in units { text.unicodeScalars.append(Unicode.Scalar(unit) ?? "\u{fffd}") }
        return text
    }
}
