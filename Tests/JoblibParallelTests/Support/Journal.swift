import JoblibParallel
import JoblibSystem

/// Notes entries in the order in which they come, from any thread.
final class Journal<Entry: Sendable>: Sendable {
    private let storage = Lock<[Entry]>([])

    func note(_ entry: Entry) { storage.withLock { $0.append(entry) } }

    var entries: [Entry] { storage.withLock { $0 } }
}
