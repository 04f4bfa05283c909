internal import JoblibParallel

/// The numbers along one side of a chart's panels.
struct ChartAxis: Sendable, Equatable {
    /// How far apart numbers stand.
    enum Scale: Sendable, Equatable {
        /// By their difference.
        case linear
        /// By their ratio.
        case logarithmic
    }

    /// A number that is written at the axis.
    struct Tick: Sendable, Equatable {
        var value: Double
        var label: String
    }

    /// Names what the numbers are.
    let label: String
    let scale: Scale
    let lower: Double
    let upper: Double
    let ticks: [Tick]

    /// An axis with a tick for each of some numbers, such as the job counts that were measured.
    ///
    /// - Parameters:
    ///   - label: Names what the numbers are.
    ///   - values: The numbers; those that are not finite, or not positive on a logarithmic axis, are left out.
    ///   - scale: How far apart they stand.
    ///   - text: How a number is written.
    init(label: String, at values: [Double], scale: Scale, text: (Double) -> String) {
        let usable = Set(values.filter { $0.isFinite && (scale == .linear || $0 > 0) }).sorted()
        let (least, greatest) = (usable.first ?? 1, usable.last ?? 1)
        self.label = label
        self.scale = scale
        ticks = usable.map { Tick(value: $0, label: text($0)) }
        // One number alone stands in the middle.
        (lower, upper) = least < greatest ? (least, greatest) : (least / 2, max(least * 2, least / 2 + 1))
    }

    /// An axis from 0 to a little above the greatest of some numbers, with round ticks.
    init(label: String, fromZeroTo values: [Double]) {
        let greatest = values.filter(\.isFinite).max() ?? 1
        let axis = PlotAxis(from: 0, to: max(greatest * 1.06, 1e-12), ticks: 6)
        self.label = label
        scale = .linear
        (lower, upper) = (axis.lower, axis.upper)
        ticks = axis.ticks.map { Tick(value: $0, label: axis.label($0)) }
    }

    /// Where a number lies: 0 at the lower end, 1 at the upper one; nil for one that this axis cannot show.
    func position(of value: Double) -> Double? {
        guard value.isFinite else { return nil }
        switch scale {
        case .linear:
            return (value - lower) / (upper - lower)
        case .logarithmic:
            guard value > 0, lower > 0 else { return nil }
            return Logarithm.base2(value / lower) / Logarithm.base2(upper / lower)
        }
    }
}

/// Logarithms without a mathematical library.
enum Logarithm {
    /// The logarithm to the base 2 of a positive finite number, exact for powers of 2 and good to 12 digits else.
    static func base2(_ value: Double) -> Double {
        guard value > 0, value.isFinite else { return 0 }
        var fraction = value.significand
        var result = Double(value.exponent)
        var bit = 0.5
        // Squaring doubles the logarithm; each time it passes 2, one more binary digit is set.
        for _ in 0..<44 where fraction != 1 {
            fraction *= fraction
            if fraction >= 2 {
                fraction /= 2
                result += bit
            }
            bit /= 2
        }
        return result
    }
}
