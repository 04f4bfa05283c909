/// Durations as text: joblib's two forms, and one for people.
package enum DurationFormat {
    /// joblib's `short_format_time`: minutes above 60 s, otherwise seconds, seven characters wide up to 999.9 min.
    ///
    /// `"   0.0s"`, `"  60.0s"`, `" 1.0min"`, `"1000.0min"`.
    package static func joblibShort(_ time: Duration) -> String {
        joblibShort(seconds: seconds(time))
    }

    /// ``joblibShort(_:)`` of a time that was computed in seconds, as joblib computes the remaining time.
    package static func joblibShort(seconds: Double) -> String {
        seconds > 60
            ? FixedDecimals.text(seconds / 60, decimals: 1, width: 4) + "min"
            : " " + FixedDecimals.text(seconds, decimals: 1, width: 5) + "s"
    }

    /// joblib's `format_time`: `"12.3s, 0.2min"`.
    package static func joblibLong(_ time: Duration) -> String {
        let seconds = seconds(time)
        return FixedDecimals.text(seconds, decimals: 1) + "s, " + FixedDecimals.text(seconds / 60, decimals: 1) + "min"
    }

    /// The form of the progress bar, at most eight characters for the first hundred hours.
    ///
    /// `"0.4s"`, `"12s"`, `"3:07"`, `"1:02:33"`, `"4d 4h"`. Like a clock it shows what has passed and never rounds up;
    /// a negative time is shown as none.
    package static func people(_ time: Duration) -> String {
        let time = min(max(time, .zero), .seconds(Int64.max))
        let (whole, attoseconds) = time.components
        if whole < 10 {
            return "\(whole).\(attoseconds / 100_000_000_000_000_000)s"
        }
        if whole < 60 {
            return "\(whole)s"
        }
        let (minutes, seconds) = whole.quotientAndRemainder(dividingBy: 60)
        if minutes < 60 {
            return "\(minutes):\(twoDigits(seconds))"
        }
        let (hours, minutesOfHour) = minutes.quotientAndRemainder(dividingBy: 60)
        if hours < 100 {
            return "\(hours):\(twoDigits(minutesOfHour)):\(twoDigits(seconds))"
        }
        return "\(hours / 24)d \(hours % 24)h"
    }

    /// `time` as a number of seconds; times of whole nanoseconds, as clocks give them, come out as the nearest `Double`.
    package static func seconds(_ time: Duration) -> Double {
        let (nanoseconds, rest) = time.attoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        // Both operands are exact below 2^53 ns (104 days), so the division rounds once.
        return rest == 0 ? Double(nanoseconds) / 1e9 : Double(time.attoseconds) / 1e18
    }

    private static func twoDigits(_ number: Int64) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
