import Foundation
import JoblibParallel
import Testing

@testable import JoblibMemory

@Suite("Hashes of values")
struct HashTests {
    struct Point: Codable {
        var x: Int
        var y: Int
        var name: String?
    }
    struct Renamed: Codable { var y: Int, x: Int }

    @Test("Values of different content have different hashes")
    func different() throws {
        var hashes: [String] = []
        hashes.append(try hash(of: 1))
        hashes.append(try hash(of: 1.0))
        hashes.append(try hash(of: Float(1)))
        hashes.append(try hash(of: true))
        hashes.append(try hash(of: "1"))
        hashes.append(try hash(of: ""))
        hashes.append(try hash(of: Int?.none))
        hashes.append(try hash(of: Int??.some(nil)))
        hashes.append(try hash(of: [Int]()))
        hashes.append(try hash(of: [1, 2]))
        hashes.append(try hash(of: [2, 1]))
        hashes.append(try hash(of: [1.0, 2.0]))
        hashes.append(try hash(of: [Int8(1), 2]))
        hashes.append(try hash(of: [[1], [2]]))
        hashes.append(try hash(of: ["a": 1]))
        hashes.append(try hash(of: ["a": 2]))
        hashes.append(try hash(of: ["b": 1]))
        hashes.append(try hash(of: Point(x: 1, y: 2)))
        hashes.append(try hash(of: Point(x: 2, y: 1)))
        hashes.append(try hash(of: 0.0))
        hashes.append(try hash(of: -0.0))
        #expect(Set(hashes).count == hashes.count)
        #expect(hashes.allSatisfy { $0.count == 64 })
    }

    @Test("Equal content has equal hashes: in whatever order, by whatever way, in a type of another name")
    func equal() throws {
        let names = (0..<200).map { "name \($0)" }
        var forward: [String: Int] = [:]
        for (number, name) in names.enumerated() { forward[name] = number }
        var backward = [String: Int](minimumCapacity: 10_000)
        for (number, name) in names.enumerated().reversed() { backward[name] = number }
        #expect(try hash(of: forward) == hash(of: backward))
        #expect(try hash(of: Set(names)) == hash(of: Set(names.reversed())))
        #expect(try hash(of: Point(x: 1, y: 2)) == hash(of: Renamed(y: 2, x: 1)))
        #expect(try hash(of: Int8(1)) == hash(of: UInt64(1)))
        #expect(try hash(of: [1, 2]) == hash(of: ContiguousArray([1, 2])))
        #expect(try hash(of: Double.nan) == hash(of: Double.nan))
    }

    @Test("Hashes are what they were in former versions and on other machines")
    func golden() throws {
        #expect(try hash(of: 1) == Golden.one)
        #expect(try hash(of: "joblib") == Golden.text)
        #expect(try hash(of: ["a": [1.5, 2.5], "b": []]) == Golden.dictionary)
        #expect(try hash(of: (0..<1000).map(Double.init)) == Golden.array)
        #expect(try hash(of: [UInt8](repeating: 7, count: 3 << 20)) == Golden.tree)
    }

    @Test(
        "The number of threads makes no difference",
        arguments: [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 9 << 20]
    )
    func threads(count: Int) {
        let numbers = (0..<(count + 7) / 8).map { UInt64($0) &* 0x9e37_79b9_7f4a_7c15 }
        // Safe: only the bytes of the array are read.
        let digests = unsafe numbers.withUnsafeBytes { bytes in
            [1, 2, 7].map { threads in
                unsafe TreeHash.digest(UnsafeRawBufferPointer(rebasing: bytes[..<count]), threads: threads)
            }
        }
        #expect(Set(digests).count == 1)
        #expect(ContentDigest(hex: digests[0].hex) == digests[0])
        #expect(ContentDigest(bytes: digests[0].bytes) == digests[0])
    }

    @Test("A change anywhere in a long array changes the hash")
    func longArrays() throws {
        var array = [Double](repeating: 1, count: 1_000_000)
        let whole = try hash(of: array)
        for place in [0, 131_071, 131_072, 999_999] {
            array[place] = 2
            #expect(try hash(of: array) != whole)
            array[place] = 1
        }
        #expect(try hash(of: array) == whole)
        #expect(try hash(of: Array(array.dropLast())) != whole)
    }

    @Test("The checksum is XXH64")
    func checksum() {
        // From the specification's reference implementation.
        #expect(Checksum.of([]) == 0xef46_db37_51d8_e999)
        #expect(Checksum.of(Array("a".utf8)) == 0xd24e_c4f1_a98c_6e5b)
        #expect(Checksum.of(Array("abc".utf8)) == 0x44bc_2cf5_ad77_0999)
        let long = "Call me Ishmael. Some years ago--never mind how long precisely-"
        #expect(Checksum.of(Array(long.utf8)) == 0x02a2_e854_70d6_fd96)
    }

    @Test("An explanation says where two values differ")
    func explanation() throws {
        struct Options: Encodable { var names: [String], sizes: [String: Double], seed: Int?, data: [Float] }
        let first = Options(names: ["a", "b"], sizes: ["w": 1, "h": 2], seed: nil, data: [1, 2, 3])
        let second = Options(names: ["a", "c", "d"], sizes: ["w": 1, "h": 2.5], seed: 7, data: [1, 2, 4])
        let explanation = try hashExplanation(first, second)
        #expect(
            explanation.description == """
                data[2]: 3.0 and 4.0
                names[1]: "b" and "c"
                names[2]: nothing and "d"
                sizes.h: 2.0 and 2.5
                seed: nothing and 7
                """
        )
        #expect(try hashExplanation(first, first).isEqual)
        #expect(try hashExplanation(1, 1.0).description == "the value: 1 and 1.0")
        #expect(try hashExplanation([1, 2], [1, 2, 3]).description == "[2]: nothing and 3")
        #expect(try hashExplanation(Array(0..<1000), Array(1...1000)).differences.count == 20)
        #expect(try hashExplanation(["a": true], ["a": nil] as [String: Bool?]).description == "a: true and nil")
    }

    @Test("A type that does not encode is an error")
    func failure() {
        struct Stubborn: Encodable { func encode(to encoder: any Encoder) throws { throw Failure() } }
        let error = #expect(throws: JoblibError.self) { try hash(of: [Stubborn()]) }
        #expect(error?.code == .cannotHash)
    }
}

/// Computed by another program (Python's hashlib) from the description of the format.
private enum Golden {
    static let one = "34f12ec581ba7f31f6acffd52009080f762766fa5c26f261c09b8354f333b036"
    static let text = "c0f36427f73616a374f68449e02a27f915b59bf86965c1b7402cc152bc4b0514"
    static let dictionary = "13ba99719cfa8a7782ec0170a74994664b73a22174c12ab152b2e3e6dfd387b4"
    static let array = "3d5d20d09143bbb086540a6c7d22999f081ccebcf9ac542c08a3e11aef8a2bf7"
    static let tree = "d4e96a341659196b58853104d4e64b6844decb5fee8aa039bfe5dd02f6f3d102"
}
