internal import JoblibMemory
internal import JoblibSystem
internal import Synchronization

extension StoreConformance {
    var crowdChecks: [Check] {
        [
            Check("Threads that put, get and delete at once find whole entries only") {
                let store = try make()
                let torn = Finding()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for worker in 0..<8 {
                        group.addTask {
                            for round in 0..<60 {
                                let key = try Self.key(round % 3)
                                switch (worker + round) % 8 {
                                case 0: try store.delete(key)
                                case 1...3: try store.put(Self.content(worker, count: 1000 + 9000 * worker), for: key)
                                default:
                                    guard let bytes = try store.get(key)?.bytes(), let first = bytes.first else {
                                        continue
                                    }
                                    let isLong = bytes.count == 1000 + 9000 * Int(first)
                                    let isWhole = isLong && bytes.allSatisfy { $0 == first }
                                    if !isWhole { torn.note("\(bytes.count) bytes that begin with \(first)") }
                                }
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                let found = torn.text
                try Self.expect(found == nil, "an entry was a mixture or a part: \(found ?? "")")
            },
            Check("A claim can be made again when it has ended") {
                let (store, key) = (try make(), try Self.key(1))
                for _ in 0..<3 {
                    guard let claim = try store.claim(key, wait: true) else {
                        throw ConformanceViolation("a claim that was waited for is nil")
                    }
                    let other = try store.claim(Self.key(2), wait: false)
                    try Self.expect(other != nil, "a claim keeps another entry's from being made")
                    other?.end()
                    claim.end()
                    claim.end()
                }
            },
            Check("Two stores have the same identity only if they share their entries") {
                let (first, second) = (try make(), try make())
                try Self.expect(first.identity == first.identity, "the identity changes")
                let key = try Self.key(1)
                try first.put(Self.content(1), for: key)
                let isShared = try second.get(key) != nil
                try Self.expect(isShared == (first.identity == second.identity), "identity and entries contradict")
            },
        ]
    }
}

/// What one of several threads has found.
private final class Finding: Sendable {
    private let found = Mutex<String?>(nil)

    var text: String? { found.withLock { $0 } }

    func note(_ text: String) {
        found.withLock { $0 = text }
    }
}
