/// C's `%.Nf`: a number with a fixed count of decimals, rounded half to even on the exact binary value.
///
/// Written out because the standard library has no such thing and Foundation costs every worker milliseconds at start.
package enum FixedDecimals {
    /// The decimals asked for are held to this many, so that the digits fit 128 bits.
    private static let most = 9

    /// The text of `value` with `decimals` digits after the point, padded on the left to `width`.
    package static func text(_ value: Double, decimals: Int, width: Int = 0) -> String {
        let sign = value.sign == .minus && !value.isNaN ? "-" : ""
        return pad(sign + magnitudeText(value.magnitude, decimals: min(max(decimals, 0), most)), to: width)
    }

    /// `text` with blanks before it, up to `width` characters.
    package static func pad(_ text: String, to width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private static func magnitudeText(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return value.isNaN ? "nan" : "inf" }
        guard let scaled = roundedTimesPowerOfTen(value, decimals) else { return value.description }
        var digits = String(scaled)
        guard decimals > 0 else { return digits }
        digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return digits.dropLast(decimals) + "." + digits.suffix(decimals)
    }

    /// `value` times 10 to the `decimals`, to the nearest integer; `nil` where 128 bits do not hold it.
    private static func roundedTimesPowerOfTen(_ value: Double, _ decimals: Int) -> UInt128? {
        guard value > 0 else { return 0 }
        var scale: UInt128 = 1
        for _ in 0..<decimals { scale *= 10 }
        // value == significand * 2^exponent exactly, with a significand of at most 53 bits.
        let exponent = Int(value.ulp.exponent)
        let significand = UInt128(value / value.ulp)
        let product = significand * scale
        if exponent >= 0 {
            return exponent < product.leadingZeroBitCount ? product << exponent : nil
        }
        let shift = -exponent
        // The product has at most 83 bits: shifted by more than that it is below one half.
        guard shift < 100 else { return 0 }
        let quotient = product >> shift
        let rest = product - quotient << shift
        let half: UInt128 = 1 << (shift - 1)
        let roundsUp = rest > half || (rest == half && !quotient.isMultiple(of: 2))
        return roundsUp ? quotient + 1 : quotient
    }
}
