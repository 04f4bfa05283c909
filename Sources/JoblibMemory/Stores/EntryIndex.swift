internal import JoblibParallel
internal import JoblibSystem

/// Which entries there are, how large, and in which order they were last used: a pure value.
///
/// A list through all entries keeps the order, so that every operation takes the same time however many there are.
struct EntryIndex: Sendable {
    private struct Node {
        var key: CacheKey
        var byteCount: Int
        /// Nanoseconds since 1970.
        var lastUse: Int64
        var older = -1
        var newer = -1
    }

    private var nodes: [Node] = []
    private var free: [Int] = []
    private var places: [CacheKey: Int] = [:]
    private var oldest = -1
    private var newest = -1
    /// The size of all entries.
    private(set) var byteCount = 0

    var count: Int { places.count }

    /// Adds or replaces an entry, which was used last from now on.
    mutating func put(_ key: CacheKey, byteCount: Int, at time: Int64) {
        if let place = places[key] {
            self.byteCount += byteCount - nodes[place].byteCount
            nodes[place].byteCount = byteCount
            nodes[place].lastUse = time
            moveToEnd(place)
            return
        }
        let node = Node(key: key, byteCount: byteCount, lastUse: time)
        let place: Int
        if let reused = free.popLast() {
            place = reused
            nodes[place] = node
        } else {
            place = nodes.count
            nodes.append(node)
        }
        places[key] = place
        self.byteCount += byteCount
        link(place)
    }

    mutating func use(_ key: CacheKey, at time: Int64) {
        guard let place = places[key] else { return }
        nodes[place].lastUse = max(time, nodes[place].lastUse)
        moveToEnd(place)
    }

    @discardableResult
    mutating func remove(_ key: CacheKey) -> Bool {
        guard let place = places.removeValue(forKey: key) else { return false }
        byteCount -= nodes[place].byteCount
        unlink(place)
        free.append(place)
        return true
    }

    mutating func removeAll(of function: String?) {
        guard let function else {
            self = EntryIndex()
            return
        }
        for key in places.keys where key.function == function { remove(key) }
    }

    /// Takes entries out until the limits hold.
    ///
    /// - Returns: Those taken out, the oldest first.
    mutating func evict(_ limits: CacheLimits, now: EntryTime) -> [CacheKey] {
        var victims: [CacheKey] = []
        while oldest >= 0 {
            let isTooOld = limits.age.map { now.nanoseconds &- nodes[oldest].lastUse > $0.nanoseconds } ?? false
            let isTooMuch = byteCount > limits.bytes ?? .max || count > limits.items ?? .max
            guard isTooOld || isTooMuch else { break }
            let key = nodes[oldest].key
            remove(key)
            victims.append(key)
        }
        return victims
    }

    /// All entries, the one first that was not used for longest.
    var items: [StoredItem] {
        var items: [StoredItem] = []
        items.reserveCapacity(count)
        var place = oldest
        while place >= 0 {
            let node = nodes[place]
            items.append(StoredItem(key: node.key, byteCount: node.byteCount, lastUse: Int(clamping: node.lastUse)))
            place = node.newer
        }
        return items
    }

    private mutating func moveToEnd(_ place: Int) {
        guard place != newest else { return }
        unlink(place)
        link(place)
    }

    private mutating func link(_ place: Int) {
        nodes[place].older = newest
        nodes[place].newer = -1
        if newest >= 0 { nodes[newest].newer = place } else { oldest = place }
        newest = place
    }

    private mutating func unlink(_ place: Int) {
        let (older, newer) = (nodes[place].older, nodes[place].newer)
        if older >= 0 { nodes[older].newer = newer } else { oldest = newer }
        if newer >= 0 { nodes[newer].older = older } else { newest = older }
    }
}

/// A moment as entries know it.
struct EntryTime: Sendable {
    /// Nanoseconds since 1970.
    var nanoseconds: Int64

    static var now: EntryTime { EntryTime(nanoseconds: WallClock.nanoseconds) }

    /// The time from `other` to this moment; never negative, although the time of day may jump.
    func since(_ other: Int64) -> Duration { .nanoseconds(max(0, nanoseconds &- other)) }
}
