/// A unit of time for axes and sentences.
package struct TimeUnit: Sendable, Hashable {
    /// As it stands behind a number.
    package let symbol: String
    /// How long one is.
    package let seconds: Double

    package static let nanoseconds = TimeUnit(symbol: "ns", seconds: 1e-9)
    package static let microseconds = TimeUnit(symbol: "µs", seconds: 1e-6)
    package static let milliseconds = TimeUnit(symbol: "ms", seconds: 1e-3)
    package static let seconds = TimeUnit(symbol: "s", seconds: 1)
    package static let minutes = TimeUnit(symbol: "min", seconds: 60)
    package static let hours = TimeUnit(symbol: "h", seconds: 3600)

    /// The largest unit in which a time of so many seconds is at least about one; minutes from two of them on.
    package static func best(for seconds: Double) -> TimeUnit {
        switch seconds {
        case 7200...: .hours
        case 120...: .minutes
        case 0.9995...: .seconds
        case 0.999_5e-3...: .milliseconds
        case 0.999_5e-6...: .microseconds
        default: seconds > 0 ? .nanoseconds : .seconds
        }
    }
}
