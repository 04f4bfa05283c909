// A store of one's own for a cache: rows of a table, as a database would have them.
import Foundation
import Joblib
import JoblibTesting

// snippet.store
final class TableStore: MemoryStore {
    private struct Row {
        var bytes: [UInt8]
        var lastUse: Int
    }

    /// Two stores are the same place if this is equal: for a database, its address and the name of the table.
    let identity = "table \(UUID())"
    private let lock = NSLock()
    // Every access is under the lock.
    nonisolated(unsafe) private var rows: [CacheKey: Row] = [:]

    func get(_ key: CacheKey) -> StoredEntry? {
        lock.withLock { rows[key] }.map { StoredEntry(bytes: $0.bytes) }
    }

    func put(_ content: EntryContent, for key: CacheKey) {
        let bytes = content.bytes
        // Two entries of the same nanosecond would have no order.
        lock.withLock { rows[key] = Row(bytes: bytes, lastUse: max(now(), (lastUse ?? 0) + 1)) }
    }

    func list() -> [StoredItem] {
        lock.withLock {
            rows.map { StoredItem(key: $0.key, byteCount: $0.value.bytes.count, lastUse: $0.value.lastUse) }
        }
    }

    func delete(_ key: CacheKey) -> Bool {
        lock.withLock { rows.removeValue(forKey: key) != nil }
    }

    private var lastUse: Int? { rows.values.map(\.lastUse).max() }

    /// Nanoseconds since 1970.
    private func now() -> Int { Int(Date().timeIntervalSince1970 * 1e9) }
}
// snippet.end

// snippet.use
func length(_ text: String) -> Int { text.count }

let memory = try Memory(store: TableStore(), limit: "100M", verbose: 0)
let cached = memory.cached(length, as: "length")
print(try cached("joblib"), cached.isCached("joblib"))  // 6 true
// snippet.end
precondition(cached.isCached("joblib") && memory.entries().count == 1)
let again = try cached("joblib")
precondition(again == 6 && memory.statistics.hits >= 1)

// snippet.conformance
for check in StoreConformance.checks({ TableStore() }) {
    try await check.run()
}
// snippet.end
