internal import JoblibParallel

/// What a cached function's call was: a hit or a miss, and what it cost or saved.
///
/// ```swift
/// let (value, info) = try smooth.callWithInfo(signal, 5)
/// print(info)         // hit, 3 h old, saved 12.5 s
/// ```
public struct CacheInfo: Sendable, Hashable {
    /// Whether the result was there already: the function was not called for it.
    public let isHit: Bool
    /// How long ago the result was computed; zero for a miss.
    public let age: Duration
    /// How long the function took to compute it.
    public let duration: Duration

    init(isHit: Bool, age: Duration, duration: Duration) {
        self.isHit = isHit
        self.age = age
        self.duration = duration
    }

    /// How much time the cache has saved this call: none for a miss.
    public var timeSaved: Duration { isHit ? duration : .zero }
}

extension CacheInfo: CustomStringConvertible {
    /// For example `hit, 3 h old, saved 12.5 s`, or `miss, took 12.5 s`.
    public var description: String {
        isHit
            ? "hit, \(HumanText.duration(age)) old, saved \(HumanText.duration(duration))"
            : "miss, took \(HumanText.duration(duration))"
    }
}
