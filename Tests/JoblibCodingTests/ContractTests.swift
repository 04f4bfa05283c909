import Foundation
import Testing

@testable import JoblibCoding

@Suite("What Codable promises to types")
struct ContractTests {
    class Animal: Codable {
        var name: String
        init(name: String) { self.name = name }
    }

    final class Dog: Animal {
        var age: Int
        private enum CodingKeys: CodingKey { case age }

        init(name: String, age: Int) {
            self.age = age
            super.init(name: name)
        }

        required init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            age = try container.decode(Int.self, forKey: .age)
            try super.init(from: container.superDecoder())
        }

        override func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            // The super encoder is filled while its own container goes on.
            let parent = container.superEncoder()
            try container.encode(age, forKey: .age)
            try super.encode(to: parent)
        }
    }

    @Test("a class and its superclass", arguments: [false, true])
    func inheritance(canonical: Bool) throws {
        let dogs = try roundTrip([Dog(name: "Rex", age: 3), Dog(name: "Ida", age: 300)], canonical: canonical)
        #expect(dogs.map(\.name) == ["Rex", "Ida"])
        #expect(dogs.map(\.age) == [3, 300])
    }

    struct Interleaved: Codable, Equatable {
        var a = 1
        var b = ["x", "y"]
        var c = 3
        enum Keys: CodingKey { case inner, list, c, a }

        init() {}

        init(from decoder: any Decoder) throws {
            let outer = try decoder.container(keyedBy: Keys.self)
            c = try outer.decode(Int.self, forKey: .c)
            var list = try outer.nestedUnkeyedContainer(forKey: .list)
            var inner = try list.nestedContainer(keyedBy: Keys.self)
            a = try inner.decode(Int.self, forKey: .a)
            inner = try outer.nestedContainer(keyedBy: Keys.self, forKey: .inner)
            b = [try list.decode(String.self), try inner.decode(String.self, forKey: .a)]
        }

        func encode(to encoder: any Encoder) throws {
            var outer = encoder.container(keyedBy: Keys.self)
            var inner = outer.nestedContainer(keyedBy: Keys.self, forKey: .inner)
            var list = outer.nestedUnkeyedContainer(forKey: .list)
            var first = list.nestedContainer(keyedBy: Keys.self)
            try outer.encode(c, forKey: .c)
            try list.encode(b[0])
            try first.encode(a, forKey: .a)
            try inner.encode(b[1], forKey: .a)
        }
    }

    @Test("nested containers can be filled in any order", arguments: [false, true])
    func interleaved(canonical: Bool) throws {
        #expect(try roundTrip([Interleaved(), Interleaved()], canonical: canonical) == [Interleaved(), Interleaved()])
    }

    struct Old: Codable { var one = 1, two = "2", three = [3.0], four = ["f": 4] }
    struct New: Codable, Equatable { var three: [Double], absent: Int?, one: Int }

    @Test(
        "keys are found in any order, unknown ones are passed over, missing optional ones are nil",
        arguments: [false, true]
    )
    func evolution(canonical: Bool) throws {
        let bytes = try BinaryEncoder(canonical: canonical).encode([Old(), Old()])
        let new = try BinaryDecoder().decode([New].self, from: bytes)
        #expect(new == [New(three: [3], absent: nil, one: 1), New(three: [3], absent: nil, one: 1)])
    }

    struct Twice: Codable {
        var value = 1
        enum CodingKeys: CodingKey { case value, other }
        init() {}
        init(from decoder: any Decoder) throws {
            value = try decoder.container(keyedBy: CodingKeys.self).decode(Int.self, forKey: .value)
        }
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(1, forKey: .value)
            try container.encode(0, forKey: .other)
            try container.encode(2, forKey: .value)
        }
    }

    @Test("of two values for a key the last one counts, as in JSON", arguments: [false, true])
    func repeated(canonical: Bool) throws {
        #expect(try roundTrip(Twice(), canonical: canonical).value == 2)
        #expect(try JSONDecoder().decode(Twice.self, from: JSONEncoder().encode(Twice())).value == 2)
    }

    struct Sloppy: Codable {
        struct Refusing: Codable {
            struct No: Error {}
            init() {}
            init(from decoder: any Decoder) throws { throw No() }
            func encode(to encoder: any Encoder) throws {
                var container = encoder.unkeyedContainer()
                try container.encode("half")
                throw No()
            }
        }
        var kept = 5
        enum CodingKeys: CodingKey { case refused, kept }
        init() {}
        init(from decoder: any Decoder) throws {
            kept = try decoder.container(keyedBy: CodingKeys.self).decode(Int.self, forKey: .kept)
        }
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try? container.encode(Refusing(), forKey: .refused)
            try container.encode(kept, forKey: .kept)
        }
    }

    @Test("a part that refused to be written leaves nothing behind", arguments: [false, true])
    func partial(canonical: Bool) throws {
        #expect(try roundTrip([Sloppy()], canonical: canonical)[0].kept == 5)
    }

    struct Misuse: Encodable {
        func encode(to encoder: any Encoder) throws {
            var single = encoder.singleValueContainer()
            try single.encode(1)
            _ = encoder.unkeyedContainer()
        }
    }

    @Test("two containers that exclude each other are an error, not a trap")
    func misuse() {
        #expect(throws: CodingFailure.self) { try BinaryEncoder().encode([Misuse()]) }
    }

    struct Configuration: Codable {
        var name: String
        var size: Int8
    }
    struct Run: Codable { var configurations: [Configuration] }
    struct Loose: Codable {
        var name: Int?
        var size: Int?
    }
    struct Sent: Codable { var configurations: [Loose] }

    @Test("errors say what, where and why")
    func errors() throws {
        func message(_ wrong: Loose) throws -> String {
            let good = Loose(name: nil, size: 1)
            let bytes = try BinaryEncoder().encode(Sent(configurations: [wrong, good]))
            let failure = #expect(throws: CodingFailure.self) { try BinaryDecoder().decode(Run.self, from: bytes) }
            return failure.map { "\($0)" } ?? ""
        }
        #expect(
            try message(Loose(name: 7, size: 1))
                == "cannot decode Run at configurations[0].name: expected a string, found an integer"
        )
        #expect(
            try message(Loose(name: nil, size: 1))
                == "cannot decode Run at configurations[0].name: there is no value for this key"
        )
        let big = try BinaryEncoder().encode(["": ["a b": [1, 300]]])
        let failure = #expect(throws: CodingFailure.self) {
            try BinaryDecoder().decode([String: [String: [Int8]]].self, from: big)
        }
        #expect(
            failure?.description
                == #"cannot decode Dictionary<String, Dictionary<String, Array<Int8>>> at [""]["a b"][1]: the number 300 does not fit into Int8"#
        )
        let refused = #expect(throws: CodingFailure.self) { try BinaryEncoder().encode(["k": [Sloppy.Refusing()]]) }
        #expect(refused?.path == [.key("k"), .index(0)])
        #expect(refused?.underlying is Sloppy.Refusing.No)
    }
}
