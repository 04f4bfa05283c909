/// A stretch of numbers with round ticks: steps of 1, 2 or 5 times a power of ten.
package struct PlotAxis: Sendable, Hashable {
    package let lower: Double
    package let upper: Double
    /// The distance between ticks.
    package let step: Double
    /// The round numbers within the stretch.
    package let ticks: [Double]

    /// Makes an axis for the numbers from `lower` to `upper`.
    ///
    /// - Parameters:
    ///   - lower: The least number; what is no finite number counts as 0.
    ///   - upper: The greatest number; an axis without extent is given one.
    ///   - count: About how many ticks there should be.
    ///   - rounded: Whether the stretch is widened to end on ticks.
    package init(from lower: Double, to upper: Double, ticks count: Int, rounded: Bool = false) {
        let bound = 1e15
        var low = lower.isFinite ? min(max(lower, -bound), bound) : 0
        var high = upper.isFinite ? min(max(upper, -bound), bound) : low
        if low > high { swap(&low, &high) }
        // An extent that the numbers' own precision cannot divide has no ticks.
        if high - low <= max(low.magnitude, high.magnitude) * 1e-9 || high - low < 1e-30 {
            let half = max(low.magnitude, high.magnitude) * 0.5
            (low, high) = half > 1e-30 ? (low - half, high + half) : (low, low + 1)
        }
        step = Self.roundStep((high - low) / Double(max(1, count)))
        // A hair of tolerance, so that 0.30000000000000004 / 0.1 is 3.
        var first = (low / step - 1e-9).rounded(.up)
        var last = (high / step + 1e-9).rounded(.down)
        if rounded {
            first = (low / step + 1e-9).rounded(.down)
            last = (high / step - 1e-9).rounded(.up)
            low = first * step
            high = last * step
        }
        let distance = step
        ticks = first <= last ? (0...Int(last - first)).map { (first + Double($0)) * distance } : []
        self.lower = low
        self.upper = high
    }

    /// The least of 1, 2 and 5 times a power of ten that is not below `raw`.
    private static func roundStep(_ raw: Double) -> Double {
        var exponent = 0
        while HumanText.power(of: 10, exponent) * 10 <= raw { exponent += 1 }
        while HumanText.power(of: 10, exponent) > raw { exponent -= 1 }
        let power = HumanText.power(of: 10, exponent)
        for factor in [1.0, 2, 5] where factor * power >= raw * 0.999_999 { return factor * power }
        return 10 * power
    }

    /// Where `value` lies: 0 at the lower end, 1 at the upper one.
    package func position(of value: Double) -> Double {
        (value - lower) / (upper - lower)
    }

    /// A tick's number, with as many decimals as the step has.
    package func label(_ tick: Double) -> String {
        let largest = max(lower.magnitude, upper.magnitude)
        if tick == 0 || tick.magnitude < step / 2 { return "0" }
        if largest >= 1e7 || step < 1e-5 { return Self.scientific(tick) }
        var decimals = 0
        while decimals < 6, HumanText.power(of: 10, -decimals) > step * 1.000_001 { decimals += 1 }
        return decimals == 0 && largest < 1e7
            ? HumanText.count(Int(tick.rounded())) : HumanText.fixed(tick, decimals: decimals)
    }

    private static func scientific(_ value: Double) -> String {
        var exponent = 0
        var mantissa = value
        while mantissa.magnitude >= 9.999_95 {
            mantissa /= 10
            exponent += 1
        }
        while mantissa.magnitude < 0.999_995 {
            mantissa *= 10
            exponent -= 1
        }
        return HumanText.trimmed(HumanText.fixed(mantissa, decimals: 2)) + "e\(exponent)"
    }
}
