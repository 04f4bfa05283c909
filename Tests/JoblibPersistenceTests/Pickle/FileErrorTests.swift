import Foundation
import JoblibSystem
import Testing

@testable import JoblibPersistence

@Suite("Errors of dump and load")
struct FileErrorTests {
    private struct Model: Codable {
        struct Layer: Codable { var weights: [Float] }
        var layers: [Layer]
    }

    private func message(_ value: JoblibValue) throws -> String {
        let files = try TemporaryDirectory()
        try dump(value, to: files("m.joblib"))
        let error = #expect(throws: JoblibError.self) { try load(Model.self, from: files("m.joblib")) }
        #expect(error?.code == .typeMismatch)
        return (error?.message ?? "").replacingOccurrences(of: files.path + "/", with: "")
    }

    @Test("A wrong value: its place, what was expected, what is there")
    func wrongValue() throws {
        let start = "'m.joblib' cannot be loaded as Model"
        #expect(try message([1]) == "\(start): expected a dictionary, found a list of 1")
        #expect(
            try message(["levels": 1])
                == "\(start) at layers: there is no value for this key; the dictionary has \"levels\""
        )
        #expect(
            try message(["layers": [["weights": "x"]]])
                == "\(start) at layers[0].weights: expected a list, found the string \"x\""
        )
        let inexact = try message(["layers": [["weights": .array(JoblibArray([0.5, 0.1]))]]])
        #expect(inexact.hasPrefix("\(start) at layers[0].weights: element 1 of the array is 0.1 (float64)"))
        let rows = JoblibArray(try NDArray(shape: [1, 1], elements: [1.0]))
        #expect(
            try message(["layers": [["weights": .array(rows)]]])
                == "\(start) at layers[0].weights: expected an array of one dimension, "
                + "found a NumPy array of float64, shape (1, 1)"
        )
    }

    @Test("A missing file, a folder, an empty and a foreign file")
    func unreadable() throws {
        let files = try TemporaryDirectory()
        func code(_ path: String) -> JoblibError? {
            #expect(throws: JoblibError.self) { try load([Int].self, from: path) }
        }
        #expect(code(files("none"))?.code == .cannotReadFile)
        #expect(code(files("none"))?.description.contains("No such file") == true)
        #expect(code(files.path)?.code == .cannotReadFile)
        try Data().write(to: URL(filePath: files("empty")))
        #expect(code(files("empty"))?.code == .damagedFile)
        try Data("a,b\n1,2\n".utf8).write(to: URL(filePath: files("x.csv")))
        #expect(code(files("x.csv"))?.code == .damagedFile)
    }

    @Test("A dump that fails leaves what was there, and nothing else")
    func atomic() throws {
        struct Stubborn: Encodable {
            func encode(to encoder: any Encoder) throws { throw CocoaError(.featureUnsupported) }
        }
        let files = try TemporaryDirectory()
        try dump([1], to: files("x"))
        let failing = #expect(throws: JoblibError.self) { try dump(Stubborn(), to: files("x")) }
        #expect(failing?.code == .unsupportedType)
        let key = JoblibValue.dictionary(JoblibDictionary([(key: .list([1]), value: .int(1))]))
        let unhashable = #expect(throws: JoblibError.self) { try dump(key, to: files("x")) }
        #expect(unhashable?.message.contains("a list of 1 is a key") == true)
        let level = #expect(throws: JoblibError.self) { try dump([1], to: files("x"), compression: .zlib(level: 10)) }
        #expect(level?.code == .invalidArgument)
        let folder = #expect(throws: JoblibError.self) { try dump([1], to: files("missing/x")) }
        #expect(folder?.code == .cannotWriteFile)
        #expect(try load([Int].self, from: files("x")) == [1])
        #expect(try files.names == ["x"])
    }

    @Test("A full disk is an error that says so", arguments: [Compression.none, .gzip])
    func fullDisk(compression: Compression) throws {
        guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
        let error = #expect(throws: JoblibError.self) {
            try dump([Double](repeating: 1, count: 1_000_000), to: "/dev/full", compression: compression)
        }
        #expect(error?.code == .cannotWriteFile)
        #expect(error?.description.contains("No space left") == true)
    }

    @Test("Permissions are those of the file that is replaced; links stay links")
    func replaced() throws {
        let files = try TemporaryDirectory()
        try dump([1], to: files("x"))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: files("x"))
        try FileManager.default.createSymbolicLink(atPath: files("link"), withDestinationPath: files("x"))
        try dump([2], to: files("link"))
        let attributes = try FileManager.default.attributesOfItem(atPath: files("x"))
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        #expect(try load([Int].self, from: files("x")) == [2])
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: files("link")) == files("x"))
    }

    @Test("An encode(to:) that contradicts itself is an error")
    func misuse() throws {
        struct Confused: Encodable {
            func encode(to encoder: any Encoder) throws {
                var list = encoder.unkeyedContainer()
                try list.encode(1)
                var single = encoder.singleValueContainer()
                try single.encode(2)
            }
        }
        let files = try TemporaryDirectory()
        let error = #expect(throws: JoblibError.self) { try dump(Confused(), to: files("x")) }
        #expect(error?.message.contains("two kinds of containers") == true)
    }

    @Test("Mapped arrays are given back when nobody holds them")
    func released() throws {
        let files = try TemporaryDirectory()
        // The directory goes with its last use, which the optimiser may see early; its files would be called deleted then.
        defer { withExtendedLifetime(files) {} }
        let elements = (0..<1_000_000).map { Double($0) }
        try dump(["a": elements, "b": elements], to: files("x"))
        func mappings() throws -> Int {
            // Foundation reads such a file's first page only.
            let maps = try FileInput.readText("/proc/self/maps", maximumBytes: 1 << 24)
            return maps.split(separator: "\n").count { $0.hasSuffix(files("x").replacing("//", with: "/")) }
        }
        // The list is not of one moment: other threads map and unmap while it is read, and lines may be missing or be there twice.
        func come(_ condition: (Int) -> Bool) throws -> Bool {
            for _ in 0..<1_000 where condition(try mappings()) { return true }
            return false
        }
        guard FileManager.default.fileExists(atPath: "/proc/self/maps") else { return }
        var read: [String: [Double]]? = try load([String: [Double]].self, from: files("x"), mapped: true)
        #expect(try come { $0 >= 2 })
        let slice = read?["a"]?[10..<20]
        read = nil
        RetiredArrays.sweep()
        #expect(try come { $0 > 0 })
        #expect(slice.map { Array($0) } == (10..<20).map { Double($0) })
        _ = consume slice
        RetiredArrays.sweep()
        #expect(try come { $0 == 0 })
    }
}
