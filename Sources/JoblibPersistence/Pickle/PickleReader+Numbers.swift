extension PickleReader {
    /// A whole number from its two's complement.
    func whole(_ bytes: [UInt8]) -> PickleItem {
        let number = BigInteger(twosComplement: bytes)
        return Int(exactly: number).map { .int($0) } ?? .bigInteger(number)
    }

    /// A whole number, or a truth value as protocols 0 and 1 write it.
    func decimal(_ line: String) throws -> PickleItem {
        if line == "00" { return .bool(false) }
        if line == "01" { return .bool(true) }
        let digits = line.hasSuffix("L") ? line.dropLast() : Substring(line)
        if let number = Int(digits) { return .int(number) }
        // Digits take time in the square of their number.
        guard digits.utf8.count <= 10_000, let number = BigInteger(decimal: digits) else {
            throw PickleProblem.damaged("a number in it is none: \(line.shortened(to: 40).debugDescription)")
        }
        return .bigInteger(number)
    }

    func number(_ line: String) throws -> Int {
        guard let number = Int(line), number >= 0 else { throw PickleProblem.damaged("a place in it is no number") }
        return number
    }

    /// Protocol 0's text, in which what is not Latin-1 is written as `\u` and four digits, or `\U` and eight.
    static func unescaped(_ line: [UInt8]) -> String {
        var units: [UInt32] = []
        var rest = line.map { Unicode.Scalar($0) }[...]
        while let scalar = rest.popFirst() {
            let digits = scalar == "\\" ? (rest.first == "u" ? 4 : rest.first == "U" ? 8 : 0) : 0
            if digits > 0, let unit = UInt32(hexadecimal: rest.dropFirst().prefix(digits)) {
                rest = rest.dropFirst(digits + 1)
                // Two halves of a surrogate pair are one character.
                if let high = units.last, high & 0xffff_fc00 == 0xd800, unit & 0xffff_fc00 == 0xdc00 {
                    units[units.count - 1] = 0x10000 + (high & 0x3ff) << 10 + unit & 0x3ff
                } else {
                    units.append(unit)
                }
            } else {
                units.append(scalar.value)
            }
        }
        var text = ""
        for unit in units { text.unicodeScalars.append(Unicode.Scalar(unit) ?? "\u{fffd}") }
        return text
    }
}

extension UInt32 {
    fileprivate init?(hexadecimal digits: ArraySlice<Unicode.Scalar>) {
        var text = ""
        text.unicodeScalars.append(contentsOf: digits)
        self.init(text, radix: 16)
    }
}

extension BigInteger {
    /// A number from its decimal digits, with a sign before them if it has one.
    init?(decimal text: Substring) {
        let isNegative = text.hasPrefix("-")
        let digits = isNegative || text.hasPrefix("+") ? text.dropFirst() : text
        guard !digits.isEmpty else { return nil }
        var bytes: [UInt8] = []
        for digit in digits.utf8 {
            guard digit >= 0x30, digit <= 0x39 else { return nil }
            var carry = UInt32(digit - 0x30)
            for index in bytes.indices {
                carry += UInt32(bytes[index]) * 10
                bytes[index] = UInt8(truncatingIfNeeded: carry)
                carry >>= 8
            }
            if carry > 0 { bytes.append(UInt8(carry)) }
        }
        bytes.append(0)
        if isNegative {
            var carry = true
            for index in bytes.indices {
                bytes[index] = ~bytes[index]
                if carry { (bytes[index], carry) = bytes[index].addingReportingOverflow(1) }
            }
        }
        self.init(twosComplement: bytes)
    }
}
