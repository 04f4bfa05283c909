import Foundation
import JoblibSystem
import Testing

@testable import JoblibMemory

@Suite("Looking at caches")
struct InspectorTests {
    let directory: TemporaryDirectory
    let memory: Memory

    init() throws {
        directory = try TemporaryDirectory()
        memory = try Memory(location: directory.path, verbose: 0, recentLimit: 0)
    }

    @Test(
        "What would be evicted is what then is",
        arguments: [
            CacheLimits(items: 3), CacheLimits(bytes: 1000), CacheLimits(bytes: 0), CacheLimits(age: .seconds(3600)),
            CacheLimits(items: 100), CacheLimits(age: .zero),
        ]
    )
    func surplus(_ limits: CacheLimits) throws {
        let text = memory.cached({ (n: Int) in String(repeating: "x", count: n) }, as: "text")
        for n in 0..<8 { _ = try text(n) }
        _ = try text(2)
        let inspector = try CacheInspector(location: directory.path)
        let surplus = try inspector.surplus(over: limits)
        let evicted = try FileStore(location: directory.path).enforce(limits)
        #expect(surplus.map(\.key) == evicted)
    }

    @Test("Only the entries of a function are counted when it is named")
    func ofFunction() throws {
        let (a, b) = (memory.cached({ (n: Int) in n }, as: "a"), memory.cached({ (n: Int) in n }, as: "b"))
        for n in 0..<4 { _ = (try a(n), try b(n)) }
        let inspector = try CacheInspector(location: directory.path)
        let surplus = try inspector.surplus(over: CacheLimits(items: 1), of: "a")
        #expect(surplus.count == 3 && surplus.allSatisfy { $0.key.function == "a" })
        try inspector.remove(surplus)
        // Twice does no harm.
        try inspector.remove(surplus)
        #expect(try inspector.items().count == 5)
        #expect(!a.isCached(0) && a.isCached(3) && b.isCached(0))
    }

    @Test("An entry tells what it is; of a damaged one the function is known")
    func entry() throws {
        let add = memory.cached({ (a: Int, b: String) in "\(a)\(b)" }, as: "add (two)", version: "v 7")
        _ = try add(1, "x")
        let inspector = try CacheInspector(location: directory.path)
        let item = try #require(try inspector.items(of: "add (two)").first)
        let entry = try #require(inspector.entry(item))
        #expect(entry.function == "add (two)" && entry.details?.version == "v 7")
        #expect(entry.details?.arguments == ["1", "\"x\""] && entry.details?.resultType == "Swift.String")
        #expect(entry.path == (try directory.entryFiles.first)?.replacing("//", with: "/"))
        try Data("JLC1".utf8).write(to: URL(fileURLWithPath: entry.path))
        let damaged = try #require(inspector.entry(item))
        #expect(damaged.function == "add (two)" && damaged.details == nil)
        try FileManager.default.removeItem(atPath: entry.path)
        #expect(inspector.entry(item) == nil && inspector.damage(of: item) == nil)
    }

    @Test("Only what is still damaged is removed, and not while somebody computes it")
    func repair() throws {
        let row = memory.cached({ (n: Int) in [Double](repeating: 0.5, count: n) }, as: "row")
        _ = try row(30_000)
        let inspector = try CacheInspector(location: directory.path)
        let item = try #require(try inspector.filed().first)
        #expect(inspector.damage(of: item) == nil)
        #expect(try !inspector.repair(item))
        let file = URL(fileURLWithPath: try #require(try directory.entryFiles.first))
        var bytes = try Data(contentsOf: file)
        bytes[bytes.count - 5] ^= 4
        try bytes.write(to: file)
        #expect(inspector.damage(of: item) == "the checksum of an array is wrong")
        let claim = try #require(try FileStore(location: directory.path).claim(item.key, wait: false))
        #expect(try !inspector.repair(item))
        claim.end()
        #expect(try inspector.repair(item))
        #expect(try directory.entryFiles.isEmpty)
        #expect(try row(30_000).count == 30_000)
    }

    @Test("No flipped byte escapes")
    func everyByte() throws {
        let name = memory.cached({ (a: Int) in "result \(a)" }, as: "name")
        _ = try name(1)
        let inspector = try CacheInspector(location: directory.path)
        let item = try #require(try inspector.filed().first)
        let file = URL(fileURLWithPath: try #require(try directory.entryFiles.first))
        let whole = try Data(contentsOf: file)
        for place in whole.indices {
            var damaged = whole
            damaged[place] ^= 0x10
            try damaged.write(to: file)
            #expect(inspector.damage(of: item) != nil, "byte \(place)")
        }
    }

    @Test("A checksum in pieces is that of the whole")
    func checksum() {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<1000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        for count in [0, 1, 31, 32, 33, 63, 64, 100, 999] {
            for step in [32, 64, 320] {
                var sum = Checksum()
                let part = Array(bytes[..<count])
                let value = unsafe part.withUnsafeBytes { buffer in
                    var place = 0
                    while buffer.count - place > step {
                        unsafe sum.update(UnsafeRawBufferPointer(rebasing: buffer[place..<place + step]))
                        place += step
                    }
                    return unsafe sum.finish(UnsafeRawBufferPointer(rebasing: buffer[place...]))
                }
                #expect(value == Checksum.of(part))
            }
        }
    }

    @Test(
        "The name of a function is read back from its directory",
        arguments: [
            "plain", "a b/c", "größe", ".hidden", "100%", "%%", "f(x:)",
        ]
    )
    func names(_ name: String) {
        #expect(FunctionDirectory.function(of: FunctionDirectory.name(of: name)) == name)
    }

    @Test("A long name is read as far as it goes")
    func longName() {
        let name = String(repeating: "long", count: 100)
        let read = FunctionDirectory.function(of: FunctionDirectory.name(of: name))
        #expect(read.hasSuffix("…") && name.hasPrefix(read.dropLast()) && read.count > 50)
    }
}
