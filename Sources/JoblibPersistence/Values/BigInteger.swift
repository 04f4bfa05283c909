/// A whole number with any number of bits, as Python's `int` has them.
///
/// For example:
///
///     if case .bigInteger(let number) = value, let exact = Int128(exactly: number) { … }
public struct BigInteger: Sendable, Hashable {
    /// Two's complement, least significant byte first, as short as possible; zero is no byte.
    package let bytes: [UInt8]

    /// A number from its two's complement.
    ///
    /// - Parameter twosComplement: The least significant byte first; the highest bit of the last one is the sign.
    public init(twosComplement bytes: [UInt8]) {
        var count = bytes.count
        while count > 0 {
            let next = count > 1 ? bytes[count - 2] : 0
            // The highest byte can go when it only repeats the sign of the one below.
            let repeatsSign = bytes[count - 1] == (next & 0x80 == 0 ? 0 : 0xff) && (count > 1 || bytes[0] == 0)
            if !repeatsSign { break }
            count -= 1
        }
        self.bytes = Array(bytes[..<count])
    }

    /// A number of a fixed width.
    public init(_ number: some FixedWidthInteger) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(number.bitWidth / 8 + 1)
        var rest = number
        for _ in 0..<(number.bitWidth + 7) / 8 {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
        if number > 0 { bytes.append(0) }
        self.init(twosComplement: bytes)
    }

    /// Whether the number is below zero.
    public var isNegative: Bool { bytes.last.map { $0 & 0x80 != 0 } ?? false }

    /// The number in a type of fixed width, or nil when it does not fit.
    func fixed<T: FixedWidthInteger>(_: T.Type) -> T? {
        guard isNegative ? T.isSigned : true else { return nil }
        var result: T = isNegative ? ~0 : 0
        for (index, byte) in bytes.enumerated() {
            if index * 8 >= T.bitWidth {
                if byte != (isNegative ? 0xff : 0) { return nil }
            } else {
                let shift = T(truncatingIfNeeded: index * 8)
                result &= ~(T(truncatingIfNeeded: 0xff as UInt8) &<< shift)
                result |= T(truncatingIfNeeded: byte) &<< shift
            }
        }
        // The sign bit of the result must be the number's own.
        return (result < 0) == isNegative ? result : nil
    }
}

extension FixedWidthInteger {
    /// The number, if this type can hold it.
    public init?(exactly number: BigInteger) {
        guard let value = number.fixed(Self.self) else { return nil }
        self = value
    }
}

extension BigInteger: CustomStringConvertible {
    /// The decimal digits; of a number with more than 4,000 bytes the hexadecimal ones, which take less long to find.
    public var description: String {
        var magnitude = bytes
        if isNegative {
            var carry = true
            for index in magnitude.indices {
                magnitude[index] = ~magnitude[index]
                if carry { (magnitude[index], carry) = magnitude[index].addingReportingOverflow(1) }
            }
            if carry { magnitude.append(1) }
        }
        if bytes.count > 4000 {
            let digits = magnitude.reversed().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            return (isNegative ? "-0x" : "0x") + digits
        }
        var groups: [String] = []
        while let last = magnitude.last {
            if last == 0 {
                magnitude.removeLast()
                continue
            }
            // Nine digits at a time.
            var remainder: UInt64 = 0
            for index in magnitude.indices.reversed() {
                let current = remainder << 8 | UInt64(magnitude[index])
                magnitude[index] = UInt8(truncatingIfNeeded: current / 1_000_000_000)
                remainder = current % 1_000_000_000
            }
            groups.append(String(remainder))
        }
        guard let first = groups.last else { return "0" }
        let rest = groups.dropLast().reversed().map { String(repeating: "0", count: 9 - $0.count) + $0 }
        return (isNegative ? "-" : "") + first + rest.joined()
    }
}
