import Foundation
import JoblibParallel
import Testing

@testable import JoblibMemory

@Suite("Cached functions")
struct CachedFunctionTests {
    let directory: TemporaryDirectory
    let calls = Counter()

    init() throws { directory = try TemporaryDirectory() }

    func memory(recentLimit: ByteCount = "16M") throws -> Memory {
        try Memory(location: directory.path, verbose: 0, recentLimit: recentLimit)
    }

    @Test("A function is called once for each set of arguments, values in memory or not", arguments: [0, 1 << 20])
    func oncePerArguments(recentLimit: Int) throws {
        let memory = try memory(recentLimit: ByteCount(recentLimit))
        let add = memory.cached({ [calls] (a: Int, b: Int) in calls.add(a - b) }, as: "subtract")
        #expect(try add(1, 2) == -1)
        #expect(try add(1, 2) == -1)
        #expect(try add(2, 1) == 1)
        #expect(calls.count == 2)
        #expect(memory.statistics.hits == 1 && memory.statistics.misses == 2 && memory.statistics.stored == 2)
        #expect(memory.statistics.recentHits == (recentLimit == 0 ? 0 : 1))
    }

    @Test("A result outlives the values that made it")
    func outlives() throws {
        for _ in 0..<3 {
            let memory = try memory(recentLimit: 0)
            let length = memory.cached({ [calls] (text: String) in calls.add(text.count) }, as: "length")
            #expect(try length("größer") == 6)
        }
        #expect(calls.count == 1)
    }

    @Test("Functions of no, one and many arguments of many types")
    func arities() throws {
        let memory = try memory()
        let none = memory.cached({ [calls] in calls.add("x") }, as: "none")
        #expect(try none() == "x" && none() == "x")
        struct Options: Codable, Sendable, Equatable { var names: [String: Int], set: Set<Int>, limit: Double? }
        let options = Options(names: ["a": 1, "b": 2], set: [3, 1, 2], limit: nil)
        let many = memory.cached(
            { [calls] (a: [Double], b: Options, c: Bool, d: Float, e: String?, f: UInt8) in
                calls.add("\(a.count) \(b.names.count) \(c) \(d) \(e ?? "-") \(f)")
            },
            as: "many"
        )
        for _ in 0..<2 { #expect(try many([1, 2], options, true, 0.5, nil, 7) == "2 2 true 0.5 - 7") }
        #expect(calls.count == 2)
        #expect(try many([1, 2], options, true, 0.5, "x", 7) == "2 2 true 0.5 x 7")
        #expect(try many([1, 2], options, false, 0.5, "x", 7) == "2 2 false 0.5 x 7")
        #expect(calls.count == 4)
    }

    @Test("A named function can be cached, and nil and empty results are results")
    func results() throws {
        func find(_ text: String) -> Int? { calls.add(Int(text)) }
        let memory = try memory(recentLimit: 0)
        let cached = memory.cached({ [calls] (text: String) -> Int? in calls.add(Int(text)) }, as: "find")
        #expect(try cached("no") == nil && cached("no") == nil)
        #expect(calls.count == 1)
        #expect(try memory.cached(roots, as: "roots")(-1).isEmpty)
        #expect(try memory.cached(roots, as: "roots")(-1).isEmpty)
        #expect(memory.statistics.misses == 2)
    }

    @Test("An error is thrown again each time and never stored")
    func errors() throws {
        let fail = try memory().cached({ [calls] (_: Int) throws -> Int in throw calls.add(Failure()) }, as: "fail")
        for _ in 0..<3 { #expect(throws: Failure.self) { try fail(1) } }
        #expect(calls.count == 3)
        #expect(!fail.isCached(1))
        #expect(try directory.entryFiles.isEmpty)
    }

    @Test("Ignored arguments make no difference, and the position must exist")
    func ignoring() throws {
        let memory = try memory()
        let add = memory.cached({ [calls] (a: Int, _: Bool) in calls.add(a) }, as: "add", ignoring: [1])
        #expect(try add(1, true) == 1 && add(1, false) == 1)
        #expect(calls.count == 1)
        let wrong = memory.cached({ (a: Int) in a }, as: "wrong", ignoring: [1])
        let error = #expect(throws: JoblibError.self) { try wrong(1) }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message == "cached(_:as:ignoring:) cannot ignore argument 1 of wrong, which has 1")
        #expect(throws: JoblibError.self) { try memory.cached({ (a: Int) in a }, as: "")(1) }
        #expect(throws: JoblibError.self) {
            try memory.cached({ (a: Int) in a }, as: "a", validation: .expires(after: .seconds(-1)))(1)
        }
    }

    @Test("Versions and names have results of their own, and going back to a version costs nothing")
    func versions() throws {
        let memory = try memory()
        for version in [1, 2, 1, 2] {
            let scaled = memory.cached(
                { [calls] (a: Int) in calls.add(a * version) },
                as: "scaled",
                version: CacheVersion(version)
            )
            #expect(try scaled(10) == 10 * version)
        }
        #expect(calls.count == 2)
        #expect(try memory.cached({ (a: Int) in -a }, as: "other")(10) == -10)
        #expect(try memory.cached({ (a: Int) in a }, as: "scaled", version: "median")(10) == 10)
    }

    @Test("Names that cannot be names of files, and very long ones, are names of functions")
    func names() throws {
        let memory = try memory(recentLimit: 0)
        let long = String(repeating: "long", count: 200)
        let names = ["a/b", "../up", ".", "..", "größe(_:)", "a b", "index", "%", "a%2fb", long, long + "x", "\u{0}"]
        for (number, name) in names.enumerated() {
            #expect(try memory.cached({ () in number }, as: name)() == number)
        }
        for (number, name) in names.enumerated() {
            #expect(try memory.cached({ () in -1 }, as: name)() == number)
        }
        #expect(memory.entries().count == names.count)
        #expect(try directory.entryFiles.allSatisfy { $0.hasPrefix(directory.path + "/joblib/") })
    }

    @Test("isCached, recompute and clear do what they say")
    func maintenance() throws {
        let memory = try memory()
        let add = memory.cached({ [calls] (a: Int) in calls.add(a + calls.count) }, as: "add")
        let other = memory.cached({ (a: Int) in a }, as: "other")
        #expect(!add.isCached(1))
        #expect(try add(1) == 1 && other(1) == 1)
        #expect(add.isCached(1) && !add.isCached(2))
        #expect(try add.recompute(1) == 2)
        #expect(try add(1) == 2)
        try add.clear()
        #expect(!add.isCached(1) && other.isCached(1))
        #expect(try add(1) == 3)
        try memory.clear()
        #expect(!add.isCached(1) && !other.isCached(1))
        #expect(try directory.entryFiles.isEmpty)
        #expect(FileManager.default.fileExists(atPath: directory.path))
    }

    @Test("What one value clears, no other one gives")
    func clearedElsewhere() throws {
        let (first, second) = (try memory(), try memory(recentLimit: "1M"))
        let add = first.cached({ [calls] (a: Int) in calls.add(a) }, as: "add")
        let same = second.cached({ [calls] (a: Int) in calls.add(a) }, as: "add")
        #expect(try add(1) == 1 && same(1) == 1)
        #expect(calls.count == 1)
        try second.clear()
        #expect(try add(1) == 1)
        #expect(calls.count == 2)
    }

    @Test("callWithInfo tells hits from misses")
    func info() throws {
        let memory = try memory()
        let slow = memory.cached({ (a: Int) in a }, as: "slow")
        let miss = try slow.callWithInfo(1).info
        #expect(!miss.isHit && miss.age == .zero && miss.timeSaved == .zero)
        let (value, hit) = try slow.callWithInfo(1)
        #expect(value == 1 && hit.isHit && hit.timeSaved == miss.duration && hit.age >= .zero)
        #expect("\(hit)".hasPrefix("hit, ") && "\(miss)".hasPrefix("miss, took "))
    }

    @Test("Without a location every call is computed, and nothing is stored")
    func transparent() throws {
        let memory = try Memory(location: nil)
        let add = memory.cached({ [calls] (a: Int) in calls.add(a) }, as: "add")
        #expect(try add(1) == 1 && add(1) == 1 && add.recompute(1) == 1 && add.callWithInfo(1).value == 1)
        #expect(calls.count == 4)
        #expect(!add.isCached(1))
        let shelved = try add.shelve(2)
        #expect(try shelved.get() == 2)
        try shelved.clear()
        #expect(throws: JoblibError.self) { try shelved.get() }
        try add.clear()
        try memory.clear()
        #expect(try memory.evict(items: 0) == 0)
        #expect(memory.entries().isEmpty)
        #expect("\(memory)" == "Memory(location=None)")
    }

    @Test("Shelved results are read when asked for, and missing or damaged ones are errors")
    func shelving() throws {
        let memory = try memory(recentLimit: 0)
        let make = memory.cached({ [calls] (a: Int) in calls.add([a]) }, as: "make")
        let shelved = try make.shelve(5)
        #expect(try make.shelve(5).get() == [5] && shelved.get() == [5])
        #expect(calls.count == 1)
        #expect("\(shelved)" == "ShelvedResult(make(5))")
        try shelved.clear()
        try shelved.clear()
        let missing = #expect(throws: JoblibError.self) { try shelved.get() }
        #expect(missing?.code == .cacheEntryMissing)
        let again = try make.shelve(5)
        let file = try #require(try directory.entryFiles.first)
        try Data("nonsense".utf8).write(to: URL(fileURLWithPath: file))
        let damaged = #expect(throws: JoblibError.self) { try again.get() }
        #expect(damaged?.code == .cacheEntryDamaged)
    }

    @Test("Validation decides by age or by what is known of the result")
    func validation() throws {
        let memory = try memory(recentLimit: 0)
        let never = memory.cached({ [calls] (a: Int) in calls.add(a) }, as: "f", validation: .expires(after: .zero))
        #expect(try never(1) == 1 && never(1) == 1)
        #expect(calls.count == 2 && !never.isCached(1))
        let hour = CacheValidation.expires(after: .seconds(3600))
        let long = memory.cached({ [calls] (a: Int) in calls.add(a) }, as: "f", validation: hour)
        #expect(try long(1) == 1)
        #expect(calls.count == 2 && long.isCached(1))
        let chosen = memory.cached(
            { [calls] (a: Int) in calls.add(a) },
            as: "f",
            validation: .when { $0.arguments == ["1"] && $0.function == "f" && $0.version == "1" && $0.age >= .zero }
        )
        #expect(try chosen(1) == 1)
        #expect(calls.count == 2)
        #expect(try chosen(2) == 2 && chosen(2) == 2)
        #expect(calls.count == 4)
    }

    @Test("An argument that cannot be encoded is an error that names it")
    func unencodable() throws {
        struct Stubborn: Codable, Sendable {
            init() {}
            init(from decoder: any Decoder) throws {}
            func encode(to encoder: any Encoder) throws { throw Failure() }
        }
        let use = try memory().cached({ (_: Int, _: Stubborn) in 1 }, as: "use")
        let error = #expect(throws: JoblibError.self) { try use(1, Stubborn()) }
        #expect(error?.code == .cannotHash)
        #expect(error?.message == "Argument 1 of use could not be hashed")
        #expect(!use.isCached(1, Stubborn()))
        let heard = Heard()
        let quiet = try Memory(location: directory.path, verbose: 0, output: heard.output)
        let make = quiet.cached({ [calls] (_: Int) in calls.add(Stubborn()) }, as: "make")
        _ = try make(1)
        _ = try make(1)
        #expect(calls.count == 2 && heard.warnings.count == 1 && quiet.statistics.notStored == 2)
    }

    @Test("Large arrays come back mapped: ordinary arrays, that also last when their file goes")
    func mapped() throws {
        let memory = try memory()
        let count = { @Sendable [calls] (count: Int) in calls.add((0..<count).map(Double.init)) }
        let make = memory.cached(count, as: "make", mapped: true)
        let expected = (0..<100_000).map(Double.init)
        let first = try make(100_000)
        var second = try make(100_000)
        #expect(first == expected && second == expected && calls.count == 1)
        second[0] = 7
        #expect(first[0] == 0)
        try memory.clear()
        #expect(first == expected)
        let plain = memory.cached(count, as: "make")
        #expect(try plain(100_000) == expected && plain(100_000) == expected)
        #expect(calls.count == 2)
        #expect(try make(100_000) == expected)
        #expect(calls.count == 2)
    }

    @Test("A result of another type than the one stored is computed anew, with a warning")
    func otherType() throws {
        let heard = Heard()
        let memory = try Memory(location: directory.path, verbose: 0, recentLimit: 0, output: heard.output)
        #expect(try memory.cached({ (a: Int) in a }, as: "f")(1) == 1)
        #expect(try memory.cached({ (a: Int) in Double(a) + 0.5 }, as: "f")(1) == 1.5)
        #expect(heard.warnings.count == 1)
        #expect(heard.warnings.first?.contains("it holds a Swift.Int, not a Swift.Double") == true)
    }

    @Test("The directory gets a .gitignore, once, and a bad location is an error")
    func location() throws {
        let path = directory.path + "/new/cache"
        _ = try Memory(location: path)
        let ignore = URL(fileURLWithPath: path + "/.gitignore")
        #expect(try String(contentsOf: ignore, encoding: .utf8) == "# Created by joblib automatically.\n*\n")
        try Data("mine".utf8).write(to: ignore)
        _ = try Memory(location: path)
        #expect(try String(contentsOf: ignore, encoding: .utf8) == "mine")
        #expect(throws: JoblibError.self) { try Memory(location: "") }
        let error = #expect(throws: JoblibError.self) { try Memory(location: ignore.path) }
        #expect(error?.code == .cannotWriteFile)
        #expect(throws: JoblibError.self) { try Memory(location: path, limit: "1N") }
        #expect(throws: JoblibError.self) { try Memory(location: path, itemLimit: -1) }
        #expect(throws: JoblibError.self) { try Memory(location: path, ageLimit: .seconds(-1)) }
    }
}

private func roots(_ square: Double) -> [Double] {
    square < 0 ? [] : [square.squareRoot(), -square.squareRoot()]
}
