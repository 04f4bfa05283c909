internal import JoblibSystem

/// How many processors there are, asked anew once a second: asking costs more than a short call.
enum ProcessorCache {
    private static let latest = Lock((count: 0, asked: UInt64(0)))
    private static let lifetime: UInt64 = 1_000_000_000

    static var count: Int {
        let now = MonotonicClock.now
        let known = latest.withLock { $0.asked != 0 && now &- $0.asked < lifetime ? $0.count : nil }
        if let known { return known }
        let count = Processors.available()
        latest.withLock { $0 = (count, now) }
        return count
    }

    /// Takes a number that somebody else has just counted.
    static func set(_ count: Int) {
        latest.withLock { $0 = (max(count, 1), MonotonicClock.now) }
    }
}
