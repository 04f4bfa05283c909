/// Numbers and times as people read them, without Foundation.
package enum HumanText {
    /// `value` with exactly `decimals` digits after the point; `-` for what is no number.
    package static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return "-" }
        let decimals = min(max(decimals, 0), 15)
        let scale = power(of: 10, decimals)
        let scaled = (value.magnitude * scale).rounded(.toNearestOrEven)
        // Beyond 2^53 a Double has no digits after the point to show.
        guard scaled < 9e15 else { return "\(value)" }
        var digits = String(Int64(scaled))
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return sign + digits }
        if digits.count <= decimals { digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits }
        return "\(sign)\(digits.dropLast(decimals)).\(digits.suffix(decimals))"
    }

    /// A number with three significant digits and no needless zeros: `0.0123`, `1.5`, `87`, `1,250`.
    ///
    /// - Parameter aligned: Keep zeros behind the point, for columns: `1.50`, `87.0`.
    package static func number(_ value: Double, aligned: Bool = false) -> String {
        guard value.isFinite else { return "-" }
        if value.magnitude >= 999.5 {
            return value.magnitude < 9e15 ? count(Int(value.rounded())) : "\(value)"
        }
        var decimals = 2
        var limit = 9.995
        while decimals > 0, value.magnitude >= limit {
            decimals -= 1
            limit = limit * 10
        }
        var small = 1.0
        while decimals < 9, value != 0, value.magnitude < small {
            decimals += 1
            small /= 10
        }
        let text = fixed(value, decimals: value == 0 ? 0 : decimals)
        return aligned ? text : trimmed(text)
    }

    /// An integer in groups of three digits: `1,000,000`.
    package static func count(_ value: Int) -> String {
        let digits = Array(String(value.magnitude))
        var text = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// `1 task`, `12 tasks`.
    package static func count(_ value: Int, _ noun: String) -> String {
        "\(count(value)) \(noun)\(value == 1 ? "" : "s")"
    }

    /// A share of the whole as a percentage: `87 %`.
    package static func percent(_ share: Double) -> String {
        let percent = share * 100
        // "100 %" is for all of it, "0 %" for none.
        if percent > 0, percent < 1 { return "<1 %" }
        if percent < 100, percent > 99 { return "99 %" }
        return fixed(percent, decimals: 0) + " %"
    }

    /// A time in the unit that suits it: `850 ns`, `34 ms`, `1.25 s`, `12.5 min`, `3.2 h`.
    package static func duration(_ duration: Duration, aligned: Bool = false) -> String {
        let seconds = duration / .seconds(1)
        let unit = TimeUnit.best(for: seconds.magnitude)
        return "\(number(seconds / unit.seconds, aligned: aligned)) \(unit.symbol)"
    }

    /// The input positions of a batch: `task 12`, `tasks 12..<20`.
    package static func tasks(_ tasks: Range<Int>) -> String {
        tasks.count == 1 ? "task \(tasks.lowerBound)" : "tasks \(tasks.lowerBound)..<\(tasks.upperBound)"
    }

    /// Removes the zeros at the end of a decimal fraction, and its point if nothing is left behind it.
    package static func trimmed(_ text: String) -> String {
        guard text.contains(".") else { return text }
        var text = Substring(text)
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return text == "-0" ? "0" : String(text)
    }

    package static func power(of base: Double, _ exponent: Int) -> Double {
        var result = 1.0
        for _ in 0..<exponent.magnitude { result *= base }
        return exponent < 0 ? 1 / result : result
    }
}
