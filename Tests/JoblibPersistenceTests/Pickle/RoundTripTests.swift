import Foundation
import Testing

@testable import JoblibPersistence

@Suite("Values that come back")
struct RoundTripTests {
    @Test("Any value, whatever it holds", arguments: UInt64(0)..<200)
    func anyValue(seed: UInt64) throws {
        var generator = ValueGenerator(seed: seed)
        let value = generator.value()
        #expect(try read(try written(value)) == value)
    }

    struct Everything: Codable, Equatable {
        enum Kind: Codable, Equatable {
            case empty
            case pair(Int, name: String)
        }

        struct Inner: Codable, Equatable {
            var real: Double
            var next: [Inner]
        }

        var bool = true
        var small: Int8 = -7
        var large = UInt64.max
        var wide = Int128.min
        var float: Float = 0.1
        var half: Float16 = 1.5
        var text = "Grüße"
        var optional: Int?
        var kinds = [Kind.empty, .pair(1, name: "x")]
        var inner = Inner(real: 1, next: [Inner(real: 2, next: [])])
        var doubles = [1.5, -0.0, .infinity]
        var truths = [true, false]
        var bytes: [UInt8] = [0, 255]
        var data = Data([1, 2, 3])
        var rows = [[1.0], [2.0, 3.0], []]
        var optionals: [Int?] = [1, nil]
        var names = ["a": 1, "b": 2]
        var numbers = [7: "seven", -1: "minus one"]
        var mixed = [1.5: "x"]
        var set: Set<String> = ["p", "q"]
        var date = Date(timeIntervalSinceReferenceDate: 12345.678)
        var url = URL(string: "https://example.org/a?b=c")!
        var id = UUID()
        var decimal = Decimal(string: "1.25")!
        var grid = try! NDArray<Int32>(shape: [2, 2], elements: [1, 2, 3, 4])
        var single = try! NDArray<Float>(shape: [], elements: [2.5])
        var halves: [Float16] = [0.5, 2]
        var value: JoblibValue = ["k": .tuple([1, 2])]
    }

    @Test(
        "A struct with everything, in every compression",
        arguments: [.none, .zlib, .gzip, .bz2, .xz, .lzma, .lz4, .zstd, .zlib(level: 9)] as [Compression]
    )
    func everything(compression: Compression) throws {
        let files = try TemporaryDirectory()
        let value = Everything()
        try dump(value, to: files("x.joblib"), compression: compression)
        #expect(try load(Everything.self, from: files("x.joblib")) == value)
        #expect(try load(Everything.self, from: files("x.joblib"), mapped: true) == value)
        #expect(try files.names == ["x.joblib"])
    }

    @Test("What is written says what it is")
    func shape() throws {
        let files = try TemporaryDirectory()
        try dump(Everything(), to: files("x"))
        let value = try load(JoblibValue.self, from: files("x"))
        #expect(value["doubles"] == .array(JoblibArray([1.5, -0.0, .infinity])))
        #expect(value["truths"] == .array(JoblibArray([true, false])))
        #expect(value["bytes"] == .array(JoblibArray([UInt8(0), 255])))
        #expect(value["data"] == .bytes([1, 2, 3]))
        #expect(value["rows"]?[1] == .array(JoblibArray([2.0, 3.0])))
        #expect(value["numbers"]?[key: 7] == "seven")
        #expect(value["names"]?["a"] == 1)
        #expect(value["optional"] == JoblibValue.none)
        #expect(value["optionals"] == [1, nil])
        #expect(value["kinds"]?[1]?["pair"]?["name"] == "x")
        #expect(value["value"]?["k"] == .tuple([1, 2]))
    }

    @Test("The extension picks the compression, an argument overrides it")
    func byExtension() throws {
        let files = try TemporaryDirectory()
        func start(_ name: String, _ compression: Compression = .byExtension) throws -> [UInt8] {
            try dump([1, 2, 3], to: files(name), compression: compression)
            #expect(try load([Int].self, from: files(name)) == [1, 2, 3])
            return Array(try Data(contentsOf: URL(filePath: files(name))).prefix(2))
        }
        #expect(try start("a.z")[0] == 0x78)
        #expect(try start("a.gz") == [0x1f, 0x8b])
        #expect(try start("a.bz2") == Array("BZ".utf8))
        #expect(try start("a.xz") == [0xfd, 0x37])
        #expect(try start("a.lzma") == [0x5d, 0])
        #expect(try start("a.lz4") == [0x04, 0x22])
        #expect(try start("a.zst") == [0x28, 0xb5])
        #expect(try start("a.joblib") == [0x80, 4])
        #expect(try start("b.gz", .none) == [0x80, 4])
        try dump([1, 2, 3], to: files("c.gz"), compression: .none)
        #expect(try Data(contentsOf: URL(filePath: files("c.gz"))).prefix(2) == Data([0x80, 4]))
        #expect(try start("b.joblib", .gzip) == [0x1f, 0x8b])
    }

    @Test("Large arrays, read and mapped, in a struct", arguments: [false, true])
    func large(mapped: Bool) throws {
        struct Both: Codable, Equatable {
            var a: [Double]
            var b: [String: [Int32]]
        }
        let files = try TemporaryDirectory()
        let both = Both(a: (0..<2_000_001).map { Double($0) }, b: ["x": Array(0..<1_000_003)])
        try dump(both, to: files("x"))
        var read = try load(Both.self, from: files("x"), mapped: mapped)
        #expect(read == both)
        // Changing it changes neither the file nor another reader's.
        let other = try load(Both.self, from: files("x"), mapped: mapped)
        read.a[1000] = -1
        read.b["x"]![7] = -1
        #expect(other == both)
        #expect(try load(Both.self, from: files("x")) == both)
        // The array outlives its file.
        try FileManager.default.removeItem(atPath: files("x"))
        #expect(other == both)
    }

    @Test("Lists are arrays, tuples and sets too; rows are arrays of arrays")
    func lenient() throws {
        let files = try TemporaryDirectory()
        func check<T: Codable & Equatable>(_ value: JoblibValue, _ expected: T) throws {
            try dump(value, to: files("x"))
            #expect(try load(T.self, from: files("x")) == expected)
        }
        try check([1, 2], [1.0, 2.0])
        try check(.tuple([1, 2]), [1, 2])
        try check(.set([1, 2]), Set([1, 2]))
        try check(.array(JoblibArray([Float(0.5)])), [0.5])
        try check(.array(JoblibArray([Int16(1), 2])), [1.0, 2.0])
        try check(.array(JoblibArray([UInt8(1), 2])), [Int](1...2))
        try check(.array(JoblibArray(try NDArray(shape: [2, 2], elements: [1.0, 2, 3, 4]))), [[1.0, 2], [3, 4]])
        try check(.array(JoblibArray(try NDArray(shape: [], elements: [2.5]))), 2.5)
        try check(.array(JoblibArray([1.0, 2])), [1.0, 2] as [Double?])
        try check(.bytes([1, 2]), [1, 2] as [UInt8])
        try check(.array(JoblibArray([UInt8(1)])), Data([1]))
        try check([1: "a"], [1: "a"])
        try check([1: "a"], ["1": "a"])
        try check(["1": "a"], [1: "a"])
    }
}
