extension NumPyType {
    /// Whether the elements are dates or durations.
    package var isTime: Bool {
        switch kind {
        case .date, .duration: true
        default: false
        }
    }

    /// A date or duration as NumPy shows it: `2024-01-31T08:00:00`, `NaT`, `5 days`.
    package func timeText(_ value: Int64) -> String {
        guard value != .min else { return "NaT" }
        let unit: String
        switch kind {
        case .date(let text), .duration(let text): unit = text
        default: return String(value)
        }
        let inside = unit.dropFirst().dropLast()
        let digits = inside.prefix { ("0"..."9").contains($0) }
        let (count, overflow) = value.multipliedReportingOverflow(by: Int64(digits) ?? 1)
        guard !overflow else { return "\(value)\(unit)" }
        let name = String(inside.dropFirst(digits.count))
        if case .date = kind { return Self.date(count, name) ?? "\(value)\(unit)" }
        return name.isEmpty ? "\(value)" : "\(count) \(name)"
    }

    /// How many of a unit a second has.
    private static let parts: [String: Int64] = [
        "s": 1, "ms": 1000, "us": 1_000_000, "ns": 1_000_000_000, "ps": 1_000_000_000_000,
        "fs": 1_000_000_000_000_000, "as": 1_000_000_000_000_000_000,
    ]

    /// So many units after 1970 began; nil for a year that no calendar has.
    private static func date(_ count: Int64, _ unit: String) -> String? {
        // NumPy's own dates go this far.
        let longest: Int64 = 365 * 1_000_000_000
        switch unit {
        case "Y": return count.magnitude < 1_000_000_000 ? year(1970 + count) : nil
        case "M":
            guard count.magnitude < 1_000_000_000 else { return nil }
            let years = floored(count, 12)
            return "\(year(1970 + years.quotient))-\(padded(years.rest + 1, 2))"
        case "W": return count.magnitude < longest / 7 ? day(count * 7) : nil
        case "D": return count.magnitude < longest ? day(count) : nil
        case "h", "m":
            let perDay: Int64 = unit == "h" ? 24 : 1440
            let days = floored(count, perDay)
            guard days.quotient.magnitude < longest else { return nil }
            return "\(day(days.quotient))T\(time(days.rest * (86_400 / perDay)).prefix(5))"
        default:
            guard let perSecond = parts[unit] else { return nil }
            let seconds = floored(count, perSecond)
            let days = floored(seconds.quotient, 86_400)
            guard days.quotient.magnitude < longest else { return nil }
            let text = "\(day(days.quotient))T\(time(days.rest))"
            return perSecond == 1 ? text : text + "." + padded(seconds.rest, String(perSecond).count - 1)
        }
    }

    private static func floored(_ value: Int64, _ divisor: Int64) -> (quotient: Int64, rest: Int64) {
        let (quotient, rest) = value.quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
    }

    /// The day so many days after 1 January 1970: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
    /// civil_from_days.
    private static func day(_ days: Int64) -> String {
        let era = floored(days + 719_468, 146_097)
        let yearOfEra = (era.rest - era.rest / 1460 + era.rest / 36_524 - era.rest / 146_096) / 365
        let dayOfYear = era.rest - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era.quotient * 400 + (month <= 2 ? 1 : 0)
        return "\(Self.year(year))-\(padded(month, 2))-\(padded(day, 2))"
    }

    private static func year(_ year: Int64) -> String { year < 0 ? "-\(padded(-year, 4))" : padded(year, 4) }

    private static func time(_ seconds: Int64) -> String {
        "\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
    }

    private static func padded(_ number: Int64, _ count: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }
}
