internal import JoblibParallel
internal import JoblibSystem
internal import Logging

/// What all cached functions of a ``Memory`` share.
final class MemoryCore: Sendable {
    /// Where messages go: one for people who asked for them, one for what went wrong.
    struct Output: Sendable {
        var messages: @Sendable (String) -> Void = { StandardError.write($0 + "\n") }
        /// A logger is made when there is something to say, so that it finds the program's bootstrap done.
        var warnings: @Sendable (String, [String: String]) -> Void = { text, details in
            let metadata = Logger.Metadata(uniqueKeysWithValues: details.map { ($0, "\($1)") })
            Logger(label: "joblib").warning("\(text)", metadata: metadata)
        }
    }

    let store: any MemoryStore
    /// `store.identity`, which may be computed.
    let storeIdentity: String
    let limits: CacheLimits
    let recent: RecentValues
    let messages: MemoryMessages
    let output: Output
    let opened = MonotonicClock.now

    private struct State {
        var statistics = MemoryStatistics()
        var complaints: Set<Complaint> = []
    }

    /// What is said once only.
    enum Complaint: Hashable {
        case write
        case read
        case tooLarge
    }

    private let state = Lock(State())

    init(store: any MemoryStore, limits: CacheLimits, recent: RecentValues, verbose: Int, output: Output) {
        self.store = store
        storeIdentity = store.identity
        self.limits = limits
        self.recent = recent
        messages = MemoryMessages(verbose: verbose)
        self.output = output
    }

    var statistics: MemoryStatistics { state.withLock { $0.statistics } }

    func count(_ change: (inout MemoryStatistics) -> Void) {
        state.withLock { change(&$0.statistics) }
    }

    /// Prints a message if there is one.
    func say(_ message: @autoclosure () -> String?) {
        guard messages.verbose > 0, let text = message() else { return }
        output.messages(text)
    }

    /// Warns of something that lasts, the first time.
    func complainOnce(_ complaint: Complaint, _ text: String, _ details: [String: String]) {
        let isFirst = state.withLock { $0.complaints.insert(complaint).inserted }
        if isFirst { output.warnings(text, details) }
    }

    /// Keeps an entry, and removes what is over the limits.
    ///
    /// - Returns: Whether it is there still.
    func put(_ content: EntryContent, for key: CacheKey) throws -> Bool {
        let victims = try store.put(content, for: key, keeping: limits)
        count { $0.stored += 1 }
        forget(victims)
        return !victims.contains(key)
    }

    /// Removes what is over the limits.
    func enforce(_ limits: CacheLimits) throws -> Int {
        let victims = try store.enforce(limits)
        forget(victims)
        return victims.count
    }

    private func forget(_ victims: [CacheKey]) {
        if victims.isEmpty { return }
        SharedRecentValues.remove(victims, of: storeIdentity)
        count { $0.evicted += victims.count }
    }
}

/// The values in memory of stores that several ``Memory`` values use: what one of them clears, no other may give.
enum SharedRecentValues {
    private struct Weak: Sendable {
        weak let values: RecentValues?
    }

    private struct Key: Hashable {
        var store: String
        var limit: Int
    }

    private static let known = Lock<[Key: Weak]>([:])

    static func of(_ store: String, limit: Int) -> RecentValues {
        known.withLock { known in
            let key = Key(store: store, limit: limit)
            if let values = known[key]?.values { return values }
            let values = RecentValues(limit: limit)
            known = known.filter { $0.value.values != nil }
            known[key] = Weak(values: values)
            return values
        }
    }

    /// Forgets values of a store, whatever the limit they were kept under.
    static func remove(_ keys: [CacheKey]?, of store: String) {
        let all = known.withLock { known in known.filter { $0.key.store == store }.compactMap(\.value.values) }
        for values in all {
            if let keys { values.remove(keys) } else { values.removeAll() }
        }
    }
}
