/// Tasks per second as text: `"37.2/s"`, `"1.2k/s"`, and below one a second the time each takes: `"2.5s/it"`.
package enum RateFormat {
    /// The text for `rate` tasks a second.
    package static func text(_ rate: Double) -> String {
        guard rate.isFinite, rate > 0 else { return "0/s" }
        if rate >= 1 { return scaled(rate, decimals: 1) + "/s" }
        let seconds = 1 / rate
        // Past some 292 billion years Duration itself would overflow.
        return DurationFormat.people(.seconds(min(seconds, 1e15))) + "/it"
    }

    /// A number of at most five characters: `"450"`, `"1.2k"`, `"37.2k"`, `"450M"`.
    package static func scaled(_ number: Double, decimals: Int = 0) -> String {
        var number = number
        var decimals = decimals
        var unit = 0
        let units = ["", "k", "M", "G", "T", "P", "E"]
        // 999.5 would be rounded to four digits.
        while number >= 999.5, unit < units.count - 1 {
            number /= 1000
            unit += 1
            decimals = 1
        }
        return FixedDecimals.text(number, decimals: number >= 99.95 ? 0 : decimals) + units[unit]
    }
}
