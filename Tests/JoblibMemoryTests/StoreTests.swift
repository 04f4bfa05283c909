import Foundation
import JoblibParallel
import JoblibTesting
import Testing

@testable import JoblibMemory

@Suite("Stores")
struct StoreTests {
    @Test("The store of files keeps the contract", arguments: StoreConformance.checks { try TemporaryStore() })
    func files(check: StoreConformance.Check) async throws {
        try await check.run()
    }

    @Test("The store in memory keeps the contract", arguments: StoreConformance.checks { InMemoryStore() })
    func inMemory(check: StoreConformance.Check) async throws {
        try await check.run()
    }

    @Test(
        "A store of the least that must be written keeps the contract",
        arguments: StoreConformance.checks { LeastStore() }
    )
    func least(check: StoreConformance.Check) async throws {
        try await check.run()
    }

    @Test("A store that loses parts of entries is found out")
    func torn() async throws {
        var violations = 0
        for check in StoreConformance.checks({ LeastStore(loses: 1) }) {
            do { try await check.run() } catch is ConformanceViolation { violations += 1 }
        }
        #expect(violations > 3)
    }

    @Test("A cache in memory works as one of files does")
    func cacheInMemory() throws {
        let calls = Counter()
        let memory = try Memory(store: InMemoryStore(), itemLimit: 2, verbose: 0, recentLimit: 0)
        let make = memory.cached({ (count: Int) in calls.add((0..<count).map(Double.init)) }, as: "make", mapped: true)
        for _ in 0..<2 { #expect(try make(20_000).count == 20_000 && make(3) == [0, 1, 2]) }
        #expect(calls.count == 2)
        #expect(try make(4).count == 4)
        #expect(memory.entries().count == 2 && memory.statistics.evicted == 1)
    }

    @Test("Under a limit, there are no more files than entries that it counts, however many write at once")
    func limitInACrowd() throws {
        let directory = try TemporaryDirectory()
        let memory = try Memory(location: directory.path, itemLimit: 4, verbose: 0)
        let square = memory.cached({ (a: Int) in a * a }, as: "square")
        try Parallel(jobs: 8, batchSize: 1).forEach(0..<600) { number in _ = try square(number % 50) }
        let entries = try FileManager.default.subpathsOfDirectory(atPath: "\(directory.path)/joblib/square")
            .filter { $0.utf8.count == 65 }
        #expect(entries.count <= 4)
        #expect(memory.entries().count == entries.count)
    }

    @Test("The index of a cache that is used much does not grow for ever, though the limit is far")
    func indexStaysShort() throws {
        let directory = try TemporaryDirectory()
        let memory = try Memory(location: directory.path, itemLimit: 1000, verbose: 0)
        let square = memory.cached({ (a: Int) in a * a }, as: "square")
        for number in 0..<6000 { _ = try square.recompute(number % 3) }
        let status = try FileManager.default.attributesOfItem(atPath: "\(directory.path)/joblib/.index")
        #expect((status[.size] as? NSNumber)?.intValue ?? .max < 280_000)
        #expect(memory.entries().count == 3)
    }
}

/// A store of files whose directory goes with it.
final class TemporaryStore: MemoryStore {
    let directory: TemporaryDirectory
    let files: FileStore

    init() throws {
        directory = try TemporaryDirectory()
        files = try FileStore(location: directory.path)
    }

    var identity: String { files.identity }
    func get(_ key: CacheKey) throws -> StoredEntry? { try files.get(key) }
    func put(_ content: EntryContent, for key: CacheKey) throws { try files.put(content, for: key) }
    func put(_ content: EntryContent, for key: CacheKey, keeping limits: CacheLimits) throws -> [CacheKey] {
        try files.put(content, for: key, keeping: limits)
    }
    func list() throws -> [StoredItem] { try files.list() }
    func delete(_ key: CacheKey) throws -> Bool { try files.delete(key) }
    func deleteAll(of function: String?) throws { try files.deleteAll(of: function) }
    func noteUse(of key: CacheKey) { files.noteUse(of: key) }
    func enforce(_ limits: CacheLimits) throws -> [CacheKey] { try files.enforce(limits) }
    func claim(_ key: CacheKey, wait: Bool) throws -> StoreClaim? { try files.claim(key, wait: wait) }
}

/// The four methods that have no default.
final class LeastStore: MemoryStore {
    private let entries = InMemoryStore()
    private let lost: Int

    init(loses lost: Int = 0) { self.lost = lost }

    var identity: String { entries.identity }
    func get(_ key: CacheKey) throws -> StoredEntry? {
        try entries.get(key).map { StoredEntry(bytes: Array(try $0.bytes().dropLast(lost))) }
    }
    func put(_ content: EntryContent, for key: CacheKey) throws { entries.put(content, for: key) }
    func list() throws -> [StoredItem] { entries.list() }
    func delete(_ key: CacheKey) throws -> Bool { entries.delete(key) }
}
