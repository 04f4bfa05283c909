internal import JoblibParallel

/// What a cache has done since it was opened, in this process.
public struct MemoryStatistics: Sendable, Hashable {
    /// Calls whose result was there.
    public internal(set) var hits = 0
    /// Those of them whose result was in memory, so that no file was read.
    public internal(set) var recentHits = 0
    /// Calls for which the function was called.
    public internal(set) var misses = 0
    /// Results that were stored.
    public internal(set) var stored = 0
    /// Results that could not be stored: a full disk, a type that cannot be encoded.
    public internal(set) var notStored = 0
    /// Entries that were removed to keep the limits.
    public internal(set) var evicted = 0
    /// Entries that were damaged and computed again.
    public internal(set) var damaged = 0
    /// The time that the hits would have taken.
    public internal(set) var timeSaved = Duration.zero

    /// The hits among all calls, 0 to 1; 0 when there was none.
    public var hitRate: Double { hits + misses == 0 ? 0 : Double(hits) / Double(hits + misses) }
}

extension MemoryStatistics: CustomStringConvertible {
    /// For example `12 hits (10 in memory), 3 misses, 80 % hits, saved 12.5 s`.
    public var description: String {
        "\(HumanText.count(hits, "hit")) (\(HumanText.count(recentHits)) in memory), \(HumanText.count(misses)) "
            + "miss\(misses == 1 ? "" : "es"), \(HumanText.percent(hitRate)) hits, saved \(HumanText.duration(timeSaved))"
    }
}
