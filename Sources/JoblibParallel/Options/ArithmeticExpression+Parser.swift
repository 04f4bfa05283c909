extension ArithmeticExpression {
    /// A recursive descent over Python's grammar of arithmetic.
    ///
    /// ```
    /// sum     := product (("+" | "-") product)*
    /// product := signed (("*" | "/" | "//" | "%") signed)*
    /// signed  := "-" signed | power
    /// power   := atom ["**" signed]            right to left, and tighter than a minus on its left: -2**2 is -4
    /// atom    := number | "n_jobs" | "(" sum ")"
    /// ```
    struct Parser {
        // The limit on the length keeps well below this; it bounds the stack where that limit is ever raised.
        private static let maximumDepth = 64

        private let bytes: [UInt8]
        private var position = 0
        private var depth = 0

        static func parse(_ text: String) throws(Failure) -> Node {
            var parser = Parser(text)
            let node = try parser.sum()
            parser.skipBlanks()
            guard parser.position == parser.bytes.count else { throw .invalid }
            return node
        }

        private init(_ text: String) {
            bytes = Array(text.utf8)
        }

        private mutating func sum() throws(Failure) -> Node {
            var node = try product()
            while true {
                if take("+") {
                    node = .binary(.add, node, try product())
                } else if take("-") {
                    node = .binary(.subtract, node, try product())
                } else {
                    return node
                }
            }
        }

        private mutating func product() throws(Failure) -> Node {
            var node = try signed()
            while true {
                // Never half of a "**": `power` has taken those.
                if take("*") {
                    node = .binary(.multiply, node, try signed())
                } else if take("//") {
                    node = .binary(.floorDivide, node, try signed())
                } else if take("/") {
                    node = .binary(.divide, node, try signed())
                } else if take("%") {
                    node = .binary(.remainder, node, try signed())
                } else {
                    return node
                }
            }
        }

        private mutating func signed() throws(Failure) -> Node {
            depth += 1
            defer { depth -= 1 }
            guard depth <= Self.maximumDepth else { throw .invalid }
            return take("-") ? .negated(try signed()) : try power()
        }

        private mutating func power() throws(Failure) -> Node {
            let base = try atom()
            return take("**") ? .binary(.power, base, try signed()) : base
        }

        private mutating func atom() throws(Failure) -> Node {
            if take("(") {
                let node = try sum()
                guard take(")") else { throw .invalid }
                return node
            }
            skipBlanks()
            guard let byte = peek else { throw .invalid }
            if Self.isDigit(byte) || byte == UInt8(ascii: ".") {
                return .number(try number())
            }
            guard name() == variable else { throw .invalid }
            return .variable
        }

        private mutating func name() -> String {
            let start = position
            while let byte = peek, Self.isDigit(byte) || Self.isLetter(byte) {
                position += 1
            }
            return String(decoding: bytes[start..<position], as: UTF8.self)
        }

        // 12, 1_000, 1.5, 1., .5, 1e3, 1.5e-3
        private mutating func number() throws(Failure) -> Number {
            var digits = takeDigits()
            var isReal = false
            if peek == UInt8(ascii: ".") {
                position += 1
                let fraction = takeDigits()
                guard !(digits.isEmpty && fraction.isEmpty) else { throw .invalid }
                isReal = true
                digits = (digits.isEmpty ? "0" : digits) + "." + (fraction.isEmpty ? "0" : fraction)
            }
            if let byte = peek, byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
                position += 1
                isReal = true
                digits += "e"
                if let sign = peek, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
                    position += 1
                    digits += String(UnicodeScalar(sign))
                }
                let exponent = takeDigits()
                guard !exponent.isEmpty else { throw .invalid }
                digits += exponent
            }
            if isReal {
                guard let value = Double(digits) else { throw .invalid }
                return .real(value)
            }
            // Python refuses 007, which once was octal, and reads 00 as 0.
            guard digits.utf8.first != UInt8(ascii: "0") || digits.allSatisfy({ $0 == "0" }) else { throw .invalid }
            guard let value = Int(digits) else { throw .tooLarge(digits) }
            return .integer(value)
        }

        /// Digits, with single underscores between them left out.
        private mutating func takeDigits() -> String {
            var digits = ""
            while let byte = peek {
                if byte == UInt8(ascii: "_") {
                    guard !digits.isEmpty, position + 1 < bytes.count, Self.isDigit(bytes[position + 1]) else { break }
                } else if Self.isDigit(byte) {
                    digits.unicodeScalars.append(UnicodeScalar(byte))
                } else {
                    break
                }
                position += 1
            }
            return digits
        }

        private mutating func take(_ symbol: String) -> Bool {
            skipBlanks()
            guard bytes[position...].starts(with: symbol.utf8) else { return false }
            position += symbol.utf8.count
            return true
        }

        private mutating func skipBlanks() {
            while let byte = peek, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") {
                position += 1
            }
        }

        private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

        private static func isDigit(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }

        private static func isLetter(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
        }
    }
}
