import Foundation
import Testing

@testable import JoblibCoding

func roundTrip<T: Codable>(_ value: T, canonical: Bool = false) throws -> T {
    try BinaryDecoder().decode(T.self, from: BinaryEncoder(canonical: canonical).encode(value))
}

@Suite("Values come back as they were")
struct RoundTripTests {
    @Test("random values of every kind of Codable type", arguments: [false, true])
    func zoo(canonical: Bool) throws {
        var generator = Generator(seed: 1)
        for _ in 0..<300 {
            let value = Zoo.random(&generator)
            #expect(try roundTrip(value, canonical: canonical) == value)
        }
    }

    @Test("floating-point numbers keep every bit")
    func bits() throws {
        let doubles = [-0.0, .infinity, -.infinity, Double(bitPattern: 0x7ff8_dead_beef_0001), .leastNonzeroMagnitude]
        #expect(try roundTrip(doubles).map(\.bitPattern) == doubles.map(\.bitPattern))
        for double in doubles { #expect(try roundTrip(double).bitPattern == double.bitPattern) }
        let float = Float(bitPattern: 0x7fc0_1234)
        #expect(try roundTrip(float).bitPattern == float.bitPattern)
    }

    @Test("integers of all sizes at their borders")
    func integers() throws {
        func check<T: FixedWidthInteger & Codable>(_ type: T.Type) throws {
            for value in [T.min, T.min / 2, 0, 1, T.max / 2, T.max] { #expect(try roundTrip(value) == value) }
        }
        try check(Int8.self)
        try check(Int16.self)
        try check(Int32.self)
        try check(Int64.self)
        try check(Int128.self)
        try check(UInt8.self)
        try check(UInt16.self)
        try check(UInt32.self)
        try check(UInt64.self)
        try check(UInt128.self)
        for value in -70_000...70_000 where value % 7 == 0 || abs(value) < 300 {
            #expect(try roundTrip(value) == value)
        }
    }

    @Test("empty things")
    func empty() throws {
        #expect(try roundTrip("") == "")
        #expect(try roundTrip([Double]()) == [])
        #expect(try roundTrip([String]()) == [])
        #expect(try roundTrip([[Int]]()) == [])
        #expect(try roundTrip([String: Int]()) == [:])
        #expect(try roundTrip(Set<Int>()) == [])
        #expect(try roundTrip(Data()) == Data())
        #expect(try roundTrip(Zoo.Empty()) == Zoo.Empty())
        #expect(try roundTrip(Int?.none) == nil)
    }

    @Test("Foundation's values")
    func foundation() throws {
        let date = Date(timeIntervalSinceReferenceDate: 0.1 + 0.2)
        #expect(try roundTrip(date) == date)
        let url = try #require(URL(string: "a/b?c=d", relativeTo: URL(string: "https://example.com")))
        #expect(try roundTrip(url) == url)
        let decimal = try #require(Decimal(string: "-12345678901234567890.0987654321"))
        #expect(try roundTrip(decimal) == decimal)
        let data = Data((0..<1000).map { UInt8(truncatingIfNeeded: $0) })
        #expect(try roundTrip([data, data[5..<9]]) == [data, data[5..<9]])
        let id = UUID()
        #expect(try roundTrip(id) == id)
    }

    @Test("numbers that are written as an array are read one by one by types that want that, and the other way round")
    func mixedReaders() throws {
        let bytes = try BinaryEncoder().encode([1.0, 2, 3])
        #expect(try BinaryDecoder().decode([Float].self, from: bytes) == [1, 2, 3])
        #expect(try BinaryDecoder().decode([Int].self, from: bytes) == [1, 2, 3])
        #expect(try BinaryDecoder().decode(Set<Double>.self, from: bytes) == [1, 2, 3])
        let set = try BinaryEncoder().encode(Set([UInt8(7)]))
        #expect(try BinaryDecoder().decode([UInt8].self, from: set) == [7])
        let vectors = try BinaryEncoder().encode([SIMD2<Float>(1, 2), SIMD2(3, 4)])
        #expect(try BinaryDecoder().decode([[Double]].self, from: vectors) == [[1, 2], [3, 4]])
        #expect(try BinaryDecoder().decode(Data.self, from: BinaryEncoder().encode([UInt8](1...5))) == Data(1...5))
    }

    @Test("numbers begin at a multiple of their size")
    func aligned() throws {
        let bytes = try BinaryEncoder().encode(ArgumentTuple("x", [1.5, 2.5]))
        let pattern = unsafe withUnsafeBytes(of: 1.5.bitPattern.littleEndian) { unsafe Array($0) }
        let place = try #require((0..<bytes.count - 8).first { Array(bytes[$0..<$0 + 8]) == pattern })
        #expect(place % 8 == 0)
    }
}
