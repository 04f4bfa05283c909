import Foundation
import Testing

@testable import JoblibPersistence

@Suite("NPZ archives")
struct NPZTests {
    private let grid = (0..<12).map(Double.init)

    @Test("arrays of different types come back by name", arguments: [false, true])
    func roundTrip(compressed: Bool) throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/a.npz"
        let image = try NDArray(shape: [3, 4], elements: grid)
        try NPZ.write(["image": image, "größe": [1, 2, 3], "flags": [true, false]], to: path, compressed: compressed)
        let archive = try NPZ.Archive(path)
        #expect(archive.names == ["flags", "größe", "image"])
        #expect(try archive.read(NDArray<Double>.self, named: "image") == image)
        #expect(try archive.read(NDArray<Double>.self, named: "image", mapped: true) == image)
        #expect(try archive.read([Int].self, named: "größe") == [1, 2, 3])
        #expect(try archive.read([Bool].self, named: "flags") == [true, false])
        #expect(try archive.layout(of: "image").shape == [3, 4])
        let first = try Fixtures.bytes(path)
        try NPZ.write(["image": image, "größe": [1, 2, 3], "flags": [true, false]], to: path, compressed: compressed)
        #expect(try Fixtures.bytes(path) == first)
        try NPZ.write([:], to: path)
        #expect(try NPZ.read([Double].self, from: path).isEmpty)
    }

    @Test("NumPy's archives are read, all at once and one by one", arguments: ["stored", "deflated"])
    func numPysArchives(name: String) throws {
        let archive = try NPZ.Archive(Fixtures.array("\(name).npz"))
        #expect(archive.names == ["grid", "größe", "fortran"])
        #expect(try archive.read(NDArray<Double>.self, named: "grid").elements == grid)
        #expect(try archive.read([Int16].self, named: "größe") == [.min, 0, .max])
        #expect(try archive.read(NDArray<Int32>.self, named: "fortran").elements == Array(0..<24))
        let all = try NPZ.read(NDArray<Double>.self, from: Fixtures.array("\(name).npz"))
        #expect(all["größe"]?.elements == [-32768, 0, 32767] && all.count == 3)
    }

    @Test("archives with numbers of 64 bits, as large ones need", arguments: [false, true])
    func zip64(compressed: Bool) throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/a.npz"
        let ones = [UInt8](repeating: 1, count: 5000)
        try NPZ.write(["a": grid, "b": ones], to: path, compressed: compressed, largest: 100)
        #expect(try NPZ.read([Double].self, named: "a", from: path) == grid)
        #expect(try NPZ.read([UInt8].self, named: "b", from: path).count == 5000)
    }

    @Test("arrays that are not compressed can be mapped")
    func mapped() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/a.npz"
        let big = (0..<100_000).map(Double.init)
        try NPZ.write(["a": [UInt8(1)], "big": big, "c": [1.5]], to: path)
        let archive = try NPZ.Archive(path)
        for name in archive.names {
            let bytes = try Fixtures.bytes(path)
            let start = try #require(bytes.firstRange(of: Array("\(name).npy".utf8))).lowerBound - 30
            let extra = Int(try #require(bytes.number(at: start + 28, UInt16.self)))
            #expect((start + 30 + name.utf8.count + 4 + extra) % 64 == 0)
        }
        #expect(try archive.read([Double].self, named: "big", mapped: true) == big)
        #expect(try archive.read([Double].self, named: "big") == big)
    }

    @Test("a name that is not there is an error with those that are")
    func missing() throws {
        let error = #expect(throws: JoblibError.self) {
            try NPZ.read([Double].self, named: "gird", from: Fixtures.array("stored.npz"))
        }
        #expect(error?.message.hasSuffix("has no array named 'gird'") == true)
        #expect(error?.remedy == "It has 'grid', 'größe', 'fortran'.")
        let directory = try TemporaryDirectory()
        for name in ["", "a\0b", String(repeating: "x", count: 70_000)] {
            #expect(throws: JoblibError.self) { try NPZ.write([name: [1.0]], to: directory.path + "/x.npz") }
        }
        #expect(try directory.names.isEmpty)
    }

    @Test("a changed element is found by the checksum", arguments: [false, true])
    func checksum(compressed: Bool) throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/a.npz"
        try NPZ.write(["a": [UInt8](0..<200)], to: path, compressed: compressed)
        var bytes = try Fixtures.bytes(path)
        if compressed {
            // That of the directory.
            let entry = try #require(bytes.firstRange(of: [0x50, 0x4b, 1, 2])).lowerBound
            bytes[entry + 16] ^= 1
        } else {
            bytes[try #require(bytes.firstRange(of: Array(100..<110))).lowerBound] = 0
        }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: JoblibError.self) { try NPZ.read([UInt8].self, named: "a", from: path) }
        #expect(error?.message.hasSuffix("its checksum is wrong") == true)
    }

    @Test("a bomb gives no more than its array claims")
    func bomb() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/bomb.npz"
        // A member that goes on behind its array of one element.
        var content = NPYHeader.bytes(UInt8.numPyType, shape: [1])
        content += [UInt8](repeating: 0, count: 4 << 20)
        try ZipFile.write([("a.npy", content)], to: path)
        let error = #expect(throws: JoblibError.self) { try NPZ.read([UInt8].self, named: "a", from: path) }
        #expect(error?.code == .damagedFile)
        // An array that claims more than the member has.
        try ZipFile.write([("a.npy", NPYHeader.bytes(UInt8.numPyType, shape: [1 << 40]))], to: path)
        #expect(throws: JoblibError.self) { try NPZ.read([UInt8].self, named: "a", from: path) }
    }

    @Test("damaged archives give arrays or errors, never a crash")
    func mutated() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/damaged.npz"
        try NPZ.write(["a": grid, "b": [UInt8(1)]], to: path, compressed: true, largest: 100)
        let originals = try [
            Fixtures.bytes(Fixtures.array("stored.npz")), Fixtures.bytes(Fixtures.array("deflated.npz")),
            Fixtures.bytes(path),
        ]
        var generator = Generator(seed: 31)
        for round in 0..<Mutation.rounds {
            var bytes = originals[round % originals.count]
            // Half of the time among the directory, which is at the end.
            if round % 2 == 0 { bytes.reverse() }
            bytes = Mutation.damage(bytes, within: 330, &generator)
            if round % 2 == 0 { bytes.reverse() }
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            Mutation.attempt { _ = try NPZ.read(NDArray<Double>.self, from: path, mapped: round % 3 == 0) }
        }
    }

    @Test("a file that is cut off is an error, wherever it ends")
    func truncated() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/cut.npz"
        let bytes = try Fixtures.bytes(Fixtures.array("deflated.npz"))
        for count in bytes.indices {
            try Data(bytes[..<count]).write(to: URL(fileURLWithPath: path))
            #expect(throws: JoblibError.self) { try NPZ.Archive(path) }
        }
    }
}
