import Foundation
import JoblibParallel
import Testing

@testable import JoblibMemory

@Suite("Limits and the index")
struct LimitTests {
    let directory: TemporaryDirectory
    let calls = Counter()

    init() throws { directory = try TemporaryDirectory() }

    private func function(_ memory: Memory) -> CachedFunction<Int, [UInt8]> {
        memory.cached({ [calls] (a: Int) in calls.add([UInt8](repeating: UInt8(a), count: 1000)) }, as: "f")
    }

    @Test("Never more entries than the limit, and those used last stay", arguments: [0, 1 << 20])
    func items(recentLimit: Int) throws {
        let memory = try Memory(location: directory.path, itemLimit: 3, verbose: 0, recentLimit: ByteCount(recentLimit))
        let f = function(memory)
        for number in 0..<3 { _ = try f(number) }
        _ = try f(0)
        _ = try f(3)
        #expect(f.isCached(0) && !f.isCached(1) && f.isCached(2) && f.isCached(3))
        for number in 10..<30 {
            _ = try f(number)
            #expect(try directory.entryFiles.count == 3)
        }
        #expect(memory.statistics.evicted == 21)
        #expect(memory.entries().map { $0.metadata?.arguments ?? [] } == [["27"], ["28"], ["29"]])
    }

    @Test("Never more bytes than the limit, and what is larger than it is not stored")
    func bytes() throws {
        let heard = Heard()
        let limits = CacheLimits(bytes: 4000)
        let memory = try Memory(location: directory.path, limits: limits, verbose: 0, output: heard.output)
        let f = function(memory)
        for number in 0..<10 { _ = try f(number) }
        #expect(memory.entries().count == 3)
        #expect(memory.entries().reduce(0) { $0 + $1.byteCount } <= 4000)
        let large = memory.cached({ (count: Int) in [UInt8](repeating: 1, count: count) }, as: "large")
        #expect(try large(5000).count == 5000)
        #expect(!large.isCached(5000) && memory.entries().count == 3 && heard.warnings.count == 1)
    }

    @Test("Entries that were not used for long enough go with the next write")
    func age() throws {
        let memory = try Memory(location: directory.path, ageLimit: .zero, verbose: 0, recentLimit: 0)
        let f = function(memory)
        _ = try f(1)
        _ = try f(2)
        #expect(!f.isCached(1))
        let patient = try Memory(location: directory.path, ageLimit: .seconds(1000), verbose: 0)
        #expect(try patient.evict(olderThan: .seconds(1000)) == 0)
    }

    @Test("evict leaves what was used last, and refuses negative limits")
    func evict() throws {
        let memory = try Memory(location: directory.path, verbose: 0)
        let f = function(memory)
        for number in 0..<10 { _ = try f(number) }
        #expect(try memory.evict() == 0)
        #expect(try memory.evict(toBytes: "1M", items: 1000, olderThan: .seconds(86_400)) == 0)
        _ = try f(0)
        #expect(try memory.evict(items: 9) <= 1)
        let size = try #require(memory.entries().first?.byteCount)
        #expect(try memory.evict(toBytes: ByteCount(size * 4)) == 5)
        #expect(f.isCached(9) && !f.isCached(2))
        #expect(try memory.evict(olderThan: .zero) == 4)
        #expect(memory.entries().isEmpty)
        #expect(throws: JoblibError.self) { try memory.evict(items: -1) }
        #expect(throws: JoblibError.self) { try memory.evict(olderThan: .seconds(-1)) }
        #expect(throws: JoblibError.self) { try memory.evict(toBytes: "x") }
    }

    @Test("An index that is missing or damaged in any byte is made again from the directory")
    func damagedIndex() throws {
        let f = function(try Memory(location: directory.path, verbose: 0))
        for number in 0..<4 { _ = try f(number) }
        let index = URL(fileURLWithPath: directory.path + "/joblib/.index")
        let whole = try Data(contentsOf: index)
        for place in stride(from: 0, to: whole.count, by: 5) {
            var damaged = whole
            damaged[place] ^= 0x55
            try damaged.write(to: index)
            let memory = try Memory(location: directory.path, verbose: 0)
            #expect(memory.entries().count == 4, "byte \(place)")
        }
        for count in [0, 1, 8, 9, whole.count - 1] {
            try whole.prefix(count).write(to: index)
            let memory = try Memory(location: directory.path, verbose: 0)
            _ = try function(memory)(0)
            #expect(memory.entries().count <= 4)
        }
        try FileManager.default.removeItem(at: index)
        let memory = try Memory(location: directory.path, itemLimit: 4, verbose: 0)
        #expect(memory.entries().count == 4)
        _ = try function(memory)(4)
        #expect(memory.entries().count == 4)
    }

    @Test("An index that is damaged when it is to be shortened is made again", .timeLimit(.minutes(2)))
    func damagedLongIndex() throws {
        let f = function(try Memory(location: directory.path, verbose: 0))
        for number in 0..<4 { _ = try f(number) }
        var journal = IndexJournal(FileLayout(root: directory.path + "/joblib"))
        var records: [UInt8] = []
        // Of entries that are not there any more.
        for _ in 0..<6000 {
            IndexRecord(kind: .deleteAll, time: 1, function: "another").append(to: &records)
        }
        try journal.append(records)
        #expect(try journal.current().count == 4)
        let index = directory.path + "/joblib/.index"
        // Half a record at its end, whose rest never comes.
        let file = try #require(FileHandle(forWritingAtPath: index))
        try file.seekToEnd()
        try file.write(contentsOf: Data(records.prefix(20)))
        try file.close()
        let length = try Data(contentsOf: URL(fileURLWithPath: index)).count
        try journal.compactIfLong()
        #expect(try journal.current().count == 4)
        try journal.compactIfLong()
        #expect(try Data(contentsOf: URL(fileURLWithPath: index)).count < length / 100)
    }

    @Test("What an index says of the past does not take away what the directory has")
    func damageBehindClearing() throws {
        let memory = try Memory(location: directory.path, verbose: 0)
        let f = function(memory)
        for number in 0..<3 { _ = try f(number) }
        try memory.clear()
        for number in 3..<5 { _ = try f(number) }
        let index = URL(fileURLWithPath: directory.path + "/joblib/.index")
        var bytes = try Data(contentsOf: index)
        // In the last record.
        bytes[bytes.count - 1] ^= 1
        try bytes.write(to: index)
        #expect(try Memory(location: directory.path, verbose: 0).entries().count == 2)
    }

    @Test("Two caches of one directory know of each other's entries")
    func twoOwners() throws {
        let first = try Memory(store: FileStore(location: directory.path), itemLimit: 5, verbose: 0)
        let second = try Memory(store: FileStore(location: directory.path), itemLimit: 5, verbose: 0)
        let (f, g) = (function(first), function(second))
        for number in 0..<10 {
            _ = try f(2 * number)
            _ = try g(2 * number + 1)
            #expect(try directory.entryFiles.count <= 5)
        }
        #expect(first.entries().count == 5 && second.entries().count == 5)
        #expect(f.isCached(19) && f.isCached(15) && !f.isCached(14))
        try FileManager.default.removeItem(atPath: directory.path + "/joblib/.index")
        _ = try f(100)
        #expect(second.entries().count == 5)
    }

    @Test("Entries can be looked at and removed one by one")
    func entries() throws {
        let memory = try Memory(location: directory.path, verbose: 0)
        let f = function(memory)
        for number in 0..<3 { _ = try f(number) }
        let entries = memory.entries()
        #expect(entries.count == 3)
        let entry = try #require(entries.first { $0.metadata?.arguments == ["1"] })
        #expect(entry.metadata?.function == "f" && entry.metadata?.version == "1" && entry.byteCount > 1000)
        let now = Date().timeIntervalSince1970
        #expect(abs(now - (entry.metadata?.created ?? 0)) < 60 && abs(now - entry.lastUse) < 60)
        try memory.remove(entry)
        #expect(f.isCached(0) && !f.isCached(1) && memory.entries().count == 2)
    }

    @Test("The index keeps its order and sums through random operations")
    func indexProperties() throws {
        var random = SystemRandomNumberGenerator()
        var index = EntryIndex()
        var model: [(key: CacheKey, size: Int)] = []
        let keys = try (10..<40).map {
            try #require(CacheKey(function: "f", digest: String(repeating: "\($0)", count: 32)))
        }
        for step in 0..<5000 {
            let key = keys[Int.random(in: keys.indices, using: &random)]
            switch Int.random(in: 0..<4, using: &random) {
            case 0, 1:
                let size = Int.random(in: 0..<100, using: &random)
                index.put(key, byteCount: size, at: Int64(step))
                model.removeAll { $0.key == key }
                model.append((key, size))
            case 2:
                index.use(key, at: Int64(step))
                if let place = model.firstIndex(where: { $0.key == key }) { model.append(model.remove(at: place)) }
            default:
                let limit = Int.random(in: 0..<2000, using: &random)
                _ = index.evict(CacheLimits(bytes: limit, items: 20), now: EntryTime(nanoseconds: Int64(step)))
                while model.reduce(0, { $0 + $1.size }) > limit || model.count > 20 { model.removeFirst() }
            }
            #expect(index.items.map(\.key) == model.map(\.key))
            #expect(index.byteCount == model.reduce(0) { $0 + $1.size } && index.count == model.count)
        }
    }
}
