import Testing

@testable import JoblibCoding

@Suite("The canonical form")
struct CanonicalTests {
    @Test("equal values have equal bytes, however their sets and dictionaries came to be")
    func equalBytes() throws {
        struct Key: Codable, Hashable {
            var a: Int
            var b: String
        }
        var up: [Key: Set<String>] = [:]
        var down: [Key: Set<String>] = [:]
        down.reserveCapacity(500)
        for number in 0..<100 { up[Key(a: number, b: "k")] = Set((0..<20).map { "\($0)" }) }
        for number in (0..<100).reversed() { down[Key(a: number, b: "k")] = Set((0..<20).reversed().map { "\($0)" }) }
        #expect(up == down)
        let encoder = BinaryEncoder(canonical: true)
        #expect(try encoder.encode(up) == encoder.encode(down))
        #expect(try BinaryDecoder().decode([Key: Set<String>].self, from: encoder.encode(up)) == up)
    }

    @Test("its bytes are these, for ever")
    func golden() throws {
        struct Value: Codable { var b = [1.0], a: Int? = nil, c = ["y": 300, "x": -1], d = Set([2, 1]) }
        let expected: [UInt8] = [
            0xb1, 1, 42, 0, 0, 0, 0, 0,
            0xd4,
            1, 1, 98, 0xe3, 10, 1, 0, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f,
            1, 1, 99, 0xd4, 1, 1, 120, 0xcf, 1, 1, 121, 0xd9, 44, 1, 0,
            1, 1, 100, 0xd5, 2, 0, 0, 0, 1, 2,
            0,
            0,
        ]
        #expect(try BinaryEncoder(canonical: true).encode(Value()) == expected)
    }
}
