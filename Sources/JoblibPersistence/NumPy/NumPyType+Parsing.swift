extension NumPyType {
    /// Reads a description such as `"<f8"`; nil for what is none.
    ///
    /// - Parameter text: `=` and a missing order stand for this machine's.
    package init?(parsing text: String) {
        var rest = Substring(text)
        guard text.utf8.count <= 64 else { return nil }
        var isBigEndian = Self.machineIsBigEndian
        switch rest.first {
        case "<":
            isBigEndian = false
            rest.removeFirst()
        case ">":
            isBigEndian = true
            rest.removeFirst()
        case "|", "=": rest.removeFirst()
        default: break
        }
        guard let letter = rest.popFirst() else { return nil }
        let digits = rest.prefix { ("0"..."9").contains($0) }
        let unit = rest[digits.endIndex...]
        if letter == "O", unit.isEmpty {
            self.init(.object, itemSize: 8)
            return
        }
        guard let number = Int(digits), number >= 0, number <= Int(Int32.max) else { return nil }
        guard let (kind, size) = Self.kind(letter, number, String(unit)) else { return nil }
        self.init(kind, itemSize: size, isBigEndian: isBigEndian)
        // One byte has no order; so that equal types compare equal.
        if swapUnit == 1 { self.isBigEndian = Self.machineIsBigEndian }
    }

    private static func kind(_ letter: Character, _ number: Int, _ unit: String) -> (Kind, Int)? {
        if letter == "M" || letter == "m" {
            guard number == 8, unit.isEmpty || isUnit(unit) else { return nil }
            return (letter == "M" ? .date(unit: unit) : .duration(unit: unit), 8)
        }
        guard unit.isEmpty else { return nil }
        switch letter {
        case "b": return number == 1 ? (.boolean, 1) : nil
        case "i": return [1, 2, 4, 8].contains(number) ? (.integer, number) : nil
        case "u": return [1, 2, 4, 8].contains(number) ? (.unsigned, number) : nil
        // 12 and 16 are the C compiler's long double, which differs between machines.
        case "f": return [2, 4, 8, 12, 16].contains(number) ? (.real, number) : nil
        case "c": return [8, 16, 24, 32].contains(number) ? (.complex, number) : nil
        case "U": return (.text, number * 4)
        case "S", "a": return (.bytes, number)
        case "V": return (.void, number)
        default: return nil
        }
    }

    /// `[ns]`, `[25s]` and the like.
    private static func isUnit(_ text: String) -> Bool {
        guard text.hasPrefix("["), text.hasSuffix("]"), text.count > 2 else { return false }
        let name = text.dropFirst().dropLast().drop { ("0"..."9").contains($0) }
        return ["Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns", "ps", "fs", "as"].contains(name)
    }
}
