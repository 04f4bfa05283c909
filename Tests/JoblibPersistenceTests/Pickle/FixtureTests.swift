import Foundation
import JoblibPersistence
import Testing

/// Files that Python's joblib has written.
@Suite("Files from Python")
struct FixtureTests {
    private func array(_ value: JoblibValue?) throws -> JoblibArray {
        guard case .array(let array)? = value else { throw CocoaError(.coderValueNotFound) }
        return array
    }

    @Test("Plain values, in every protocol", arguments: 0...5)
    func plain(protocol version: Int) throws {
        let value = try JoblibFiles.value("plain-\(version).joblib")
        let big = JoblibValue.bigInteger(BigInteger(Int128(1) << 70))
        let expected: [String: JoblibValue] = [
            "none": .none, "true": true, "false": false, "zero": 0, "small": 200, "medium": 60000, "negative": -5,
            "large": .int(1 << 40), "smallest": .int(.min), "big": big,
            "bigNegative": .bigInteger(BigInteger(-(Int128(1) << 70))), "pi": .float(.pi),
            "infinity": .float(.infinity),
            "complex": .complex(real: 1.5, imaginary: -2),
            "text": "Grüße, 世界 🌍\n",
            "longText": .string(String(repeating: "x", count: 300)), "bytes": .bytes([0, 255] + Array("abc".utf8)),
            "bytearray": .bytes(Array("xyz".utf8)), "list": [1, [2, [3, []]]],
            "tuples": .tuple([.tuple([]), .tuple([1]), .tuple([1, 2]), .tuple([1, 2, 3]), .tuple([1, 2, 3, 4])]),
            "set": .set([1, 2, 3]), "frozenset": .set(["a"]), "ordered": ["z": 1, "a": 2],
            "shared": [["again"], ["again"]],
        ]
        for (key, expected) in expected { #expect(value[key] == expected, "\(key)") }
        #expect(value["huge"]?.description.count == 701)
        #expect(value["keys"]?[key: .tuple([1, 2])] == "pair")
        #expect(value["keys"]?[key: .float(1.5)] == "real")
        #expect(value["keys"]?[key: .none] == "none")
        #expect(value["keys"]?[key: 1] == "one again")
        #expect(value["keys"]?[key: .bytes(Array("b".utf8))] == "bytes")
        #expect(value.count == expected.count + 2)
    }

    @Test("NumPy's scalars are plain values, in every protocol", arguments: 0...5)
    func scalars(protocol version: Int) throws {
        let value = try JoblibFiles.value("scalars-\(version).joblib")
        let expected: [String: JoblibValue] = [
            "bool": true, "int8": -8, "uint64": .bigInteger(BigInteger(UInt64.max)), "float16": 1.5,
            "float32": .float(Double(Float(0.1))), "float64": 0.1, "bigEndian": 2.5,
            "complex64": .complex(real: 1, imaginary: 2), "text": "Grüße", "bytes": .bytes(Array("ab".utf8)),
        ]
        for (key, expected) in expected { #expect(value[key] == expected, "\(key)") }
        let date = try array(value["date"])
        #expect(date.type.description == "<M8[ns]" && date.shape == [])
        #expect(try date.elements(as: Int64.self) == [1_577_934_245_000_000_006])
    }

    @Test(
        "Numbers of every type, order and protocol",
        arguments: (0...5).map { "little-\($0).joblib" } + ["big.joblib"]
    )
    func numbers(file: String) throws {
        let value = try JoblibFiles.value(file)
        func check<Element: NumPyElement>(_ code: String, _: Element.Type, _ element: (Int) -> Element) throws {
            let array = try array(value[code])
            #expect(array.type == Element.numPyType)
            #expect(array.shape == [2, 3, 4])
            #expect(try array.elements(as: Element.self) == (0..<24).map(element))
        }
        try check("?", Bool.self) { $0 % 2 == 1 }
        try check("i1", Int8.self) { Int8($0) }
        try check("i2", Int16.self) { Int16($0) }
        try check("i4", Int32.self) { Int32($0) }
        try check("i8", Int.self) { $0 }
        try check("u1", UInt8.self) { UInt8($0) }
        try check("u2", UInt16.self) { UInt16($0) }
        try check("u4", UInt32.self) { UInt32($0) }
        try check("u8", UInt64.self) { UInt64($0) }
        try check("f2", Float16.self) { Float16($0) }
        try check("f4", Float.self) { Float($0) }
        try check("f8", Double.self) { Double($0) }
    }

    @Test("Other arrays: complex, text, dates, empty, without dimensions, in Fortran's order")
    func others() throws {
        let value = try JoblibFiles.value("others.joblib")
        let complex: [JoblibValue?] = [.complex(real: 1, imaginary: 2), .complex(real: 3, imaginary: -4)]
        #expect([value["complex64"]?[0], value["complex64"]?[1]] == complex)
        #expect([value["complex128"]?[0], value["complex128"]?[1]] == complex)
        #expect([value["text"]?[0], value["text"]?[1], value["text"]?[2]] == ["a", "Grüße", ""])
        #expect(value["bytes"]?[1] == .bytes(Array("abc".utf8)))
        #expect(value["bytes"]?[2] == .bytes([]))
        #expect(value["dates"]?[0] == 18263 && value["dates"]?[1] == .int(.min))
        #expect(value["durations"]?[1] == 2)
        #expect(value["void"]?[1] == .bytes(Array("cd".utf8)))
        func array(_ key: String) -> JoblibArray? { if case .array(let array)? = value[key] { array } else { nil } }
        #expect(array("durations")?.type.description == "<m8[25s]")
        #expect(array("longdouble")?.type.itemSize == 16)
        #expect(array("zeroDimensional")?.shape == [])
        #expect(try array("zeroDimensional")?.elements(as: Double.self) == [2.5])
        #expect(array("empty")?.shape == [0] && array("emptyRows")?.shape == [3, 0])
        #expect(try array("fortran")?.elements(as: Double.self) == [0, 1, 2, 3, 4, 5])
        #expect(try array("fortranBig")?.elements(as: Int.self) == Array(0..<24))
        #expect(try array("strided")?.elements(as: Double.self) == [0, 3, 6, 9])
        #expect(try array("transposed")?.elements(as: Double.self) == [0, 3, 1, 4, 2, 5])
        #expect(array("matrix")?.shape == [1, 2])
        #expect(value["emptyText"]?.count == 0)
    }

    @Test("Arrays of joblib 1.1 and older, and plain pickles of arrays")
    func older() throws {
        let unaligned = try JoblibFiles.value("unaligned.joblib")
        #expect(unaligned == [.array(JoblibArray([0.0, 1, 2, 3, 4])), .array(JoblibArray([Int32(0), 1, 2]))])
        for version in [2, 5] {
            let grid = try load(NDArray<Double>.self, from: JoblibFiles.path("pickle-\(version).joblib"))
            #expect(grid.shape == [2, 3] && grid.elements == [0, 1, 2, 3, 4, 5])
        }
    }

    struct Model: Codable, Equatable {
        var alpha: Double
        var names: [String]
        var weights: [Double]
        var grid: NDArray<Float>
        var count: Int
        var missing: String?
    }

    @Test("A dictionary is a struct", arguments: [false, true])
    func model(mapped: Bool) throws {
        let model = try load(Model.self, from: JoblibFiles.path("model.joblib"), mapped: mapped)
        let grid = try NDArray<Float>(shape: [2, 3], elements: [0, 1, 2, 3, 4, 5])
        #expect(model == Model(alpha: 0.5, names: ["a", "b"], weights: [0, 1, 2, 3, 4], grid: grid, count: 7))
    }

    @Test(
        "What is refused, by name",
        arguments: [
            ("objects", "dtype=object"), ("structured", "has fields"), ("class", "__main__.Custom"),
            ("function", "builtins.print"), ("type", "numpy.float64"), ("loop", "contains itself"),
            ("nested", "512 levels"),
        ]
    )
    func refused(name: String, words: String) throws {
        let error = #expect(throws: JoblibError.self) { try JoblibFiles.value("refused-\(name).joblib") }
        #expect(error?.code == .unsupportedType)
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
        #expect(error?.description.contains("refused-\(name).joblib") == true)
    }
}
