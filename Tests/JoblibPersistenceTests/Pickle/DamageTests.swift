import Foundation
import Testing

@testable import JoblibPersistence

/// Files that are cut off, changed or made up: an error or a value, and never the end of the program.
@Suite("Damaged files")
struct DamageTests {
    /// Debug builds are about twenty times as slow.
    private static var rounds: Int {
        #if DEBUG
        40
        #else
        1000
        #endif
    }

    private static let files = [
        "plain-0", "plain-1", "plain-2", "plain-4", "plain-5", "scalars-0", "scalars-2", "scalars-4", "little-0",
        "little-2", "little-4", "big", "others", "model", "unaligned", "pickle-2", "pickle-5", "refused-objects",
        "refused-structured", "refused-loop", "refused-nested",
    ]

    /// Reads and, if that gives something, looks at all of it.
    private func survive(_ bytes: [UInt8]) {
        guard let value = try? read(bytes) else { return }
        _ = value.description
        _ = try? written(value)
        _ = try? ValueDecoder(value).decode(FixtureTests.Model.self)
        _ = try? ValueDecoder(value).decode([String: [Double]].self)
        _ = try? ValueDecoder(value).decode([[Int]].self)
    }

    @Test("Changed bytes", arguments: files)
    func changed(name: String) throws {
        let original = try JoblibFiles.bytes("\(name).joblib")
        var random = Generator(seed: UInt64(name.utf8.reduce(0) { $0 &* 31 &+ Int($1) }))
        // 21 files, five kinds of damage: more than 100,000 files in all.
        for _ in 0..<Self.rounds {
            var flipped = original
            flipped[Int.random(in: 0..<original.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            survive(flipped)
            var several = original
            for _ in 0..<4 {
                several[Int.random(in: 0..<original.count, using: &random)] = .random(in: 0...255, using: &random)
            }
            survive(several)
            survive(Array(original.prefix(Int.random(in: 0..<original.count, using: &random))))
            var shorter = original
            let start = Int.random(in: 0..<original.count, using: &random)
            shorter.removeSubrange(start..<min(start + Int.random(in: 1..<20, using: &random), original.count))
            survive(shorter)
            var doubled = original
            let part = original[start..<min(start + Int.random(in: 1..<40, using: &random), original.count)]
            doubled.insert(contentsOf: part, at: Int.random(in: 0..<original.count, using: &random))
            survive(doubled)
        }
    }

    @Test("Every beginning of a file is an error")
    func truncated() throws {
        for name in ["plain-4", "others", "model"] {
            let bytes = try JoblibFiles.bytes("\(name).joblib")
            for count in 0..<bytes.count {
                #expect(throws: PickleProblem.self) { try read(Array(bytes[..<count])) }
            }
        }
    }

    @Test("Changed compressed files are errors, or are as they were", arguments: ["zlib", "gzip", "bz2", "xz", "lz4"])
    func compressed(name: String) throws {
        let files = try TemporaryDirectory()
        let original = try JoblibFiles.bytes("compressed.\(name)")
        let value = try JoblibFiles.value("compressed.\(name)")
        #expect(value["a"] == .array(JoblibArray((0..<100).map { Double($0) })))
        for place in 0..<original.count {
            for bit in [0, 5] as [UInt8] {
                var bytes = original
                bytes[place] ^= 1 << bit
                try Data(bytes).write(to: URL(filePath: files("x")))
                // Some bits have no meaning, such as a time; where there is a checksum no other value comes out.
                if let found = try? load(JoblibValue.self, from: files("x")), name != "lz4" { #expect(found == value) }
            }
            try Data(original[..<place]).write(to: URL(filePath: files("x")))
            #expect(throws: JoblibError.self) { try load(JoblibValue.self, from: files("x")) }
        }
    }

    @Test("Lengths that are lies take no memory", arguments: [0x8d, 0x8e, 0x96, 0x58, 0x42, 0x8b] as [UInt8])
    func lies(instruction: UInt8) throws {
        let bytes: [UInt8] = [0x80, 4, instruction, 0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0]
        #expect(throws: PickleProblem.self) { try read(bytes) }
        // Also where nobody knows how much is to come.
        let source = unsafe StreamSource(start: bytes) { _ in 0 }
        var reader = PickleReader(PickleInput(source))
        #expect(throws: PickleProblem.self) { try reader.read() }
    }

    @Test("Containers nested a million times, and lists that double at each step")
    func bombs() throws {
        let deep = [UInt8](repeating: 0x5d, count: 1_000_000) + [UInt8](repeating: 0x61, count: 999_999) + [0x2e]
        #expect(throws: PickleProblem.self) { try read(deep) }
        // [x, x] of [x, x] of …, each kept once: 2 to the 200th strings.
        var doubling: [UInt8] = [0x80, 4, 0x8c, 1, 0x61]
        for _ in 0..<200 { doubling += [0x32, 0x86] }
        let value = try read(doubling + [0x2e])
        #expect(value[0]?[1]?[0]?.count == 2)
        #expect(value.description.utf8.count < 10_000)
        // As a key it would have to be hashed.
        let key = [0x80, 4, 0x7d] + doubling[2...] + [0x4e, 0x73, 0x2e]
        #expect(throws: PickleProblem.self) { try read(key) }
    }

    @Test("What no pickle may do is refused by name")
    func refused() throws {
        func reason(_ bytes: [UInt8]) -> String {
            do { return "\(try read(bytes))" } catch { return (error as? PickleProblem)?.reason ?? "\(error)" }
        }
        func global(_ module: String, _ name: String) -> [UInt8] { Array("c\(module)\n\(name)\n".utf8) }
        let call: [UInt8] = [0x8c, 2, 0x6c, 0x73, 0x85, 0x52, 0x2e]
        #expect(reason([0x80, 2] + global("os", "system") + call).contains("os.system"))
        #expect(reason([0x80, 2] + global("builtins", "eval") + [0x2e]).contains("builtins.eval"))
        #expect(reason(Array("Pabc\n.".utf8)).contains("persistent id"))
        #expect(reason([0x80, 4, 0x4e, 0x51, 0x2e]).contains("persistent id"))
        #expect(reason([0x80, 2, 0x82, 1, 0x2e]).contains("extension registry"))
        #expect(reason([0x80, 5, 0x97, 0x2e]).contains("buffer"))
        #expect(reason([0x80, 9, 0x4e, 0x2e]).contains("protocol 9"))
        #expect(reason([0x80, 2, 0x55, 1, 0x61, 0x2e]).contains("Python 2"))
        #expect(reason([0x80, 4, 0x7d, 0x5d, 0x4e, 0x73, 0x2e]).contains("cannot hash"))
        #expect(reason(Array("not a pickle".utf8)).contains("begin"))
    }
}
