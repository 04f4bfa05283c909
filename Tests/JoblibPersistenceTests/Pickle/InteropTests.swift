import Foundation
import JoblibPersistence
import Testing

/// Runs only where `JOBLIB_TEST_PYTHON` names a Python that has joblib, such as `/usr/bin/python3`.
@Suite("With Python", .enabled(if: Python.path != nil))
struct InteropTests {
    /// Runs interop.py beside the files.
    private func python(_ command: String, _ file: String) throws -> String {
        let program =
            "import runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
        let text = try Python.run(program, "\(Fixtures.directory)/interop.py", command, file)
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    struct FromSwift: Encodable {
        enum Kind: Encodable { case pair(Int) }
        struct Nested: Encodable {
            var list = ["a", nil]
            var `enum` = Kind.pair(1)
        }

        var name = "from Swift"
        var flag = true
        var big = UInt64.max
        var small = Int64.min
        var weights = (0..<100_000).map { Double($0) / 4 }
        var i1: [Int8] = [1, 2, 3]
        var i2: [Int16] = [1, 2, 3]
        var i4: [Int32] = [1, 2, 3]
        var i8: [Int64] = [1, 2, 3]
        var u1: [UInt8] = [1, 2, 3]
        var u2: [UInt16] = [1, 2, 3]
        var u4: [UInt32] = [1, 2, 3]
        var u8: [UInt64] = [1, 2, 3]
        var f2: [Float16] = [1, 2, 3]
        var f4: [Float] = [1, 2, 3]
        var f8: [Double] = [1, 2, 3]
        var truths = [true, false]
        var grid: NDArray<Float>
        var scalar: NDArray<Double>
        var data = Data([0, 1])
        var numbers = [7: "seven"]
        var nested = Nested()
        var nothing: JoblibValue = .none
        var python: JoblibValue = [
            .tuple([1, 2]), .set([1, .set([2])]), .complex(real: 1, imaginary: -2),
            .dictionary(JoblibDictionary([(key: .tuple([1, "a"]), value: .bytes([0x78]))])),
        ]
        var longText = String(repeating: "ü", count: 100_000)
        var longList = (0..<2500).map { String($0) }

        init() throws {
            grid = try NDArray(shape: [2, 3], elements: [0, 1, 2, 3, 4, 5])
            scalar = try NDArray(shape: [], elements: [2.5])
        }
    }

    @Test("Python loads what was dumped here", arguments: ["joblib", "z", "gz", "bz2", "xz", "lzma", "lz4"])
    func dumped(end: String) throws {
        let files = try TemporaryDirectory()
        try dump(FromSwift(), to: files("x.\(end)"))
        #expect(try python("check", files("x.\(end)")) == "as expected")
    }

    struct FromPython: Decodable {
        var name: String
        var weights: [Double]
        var grid: NDArray<Int>
        var fortran: NDArray<Double>
        var mask: [Bool]
        var text: [String]
        var weightsSum: Double?
    }

    @Test("What Python dumped is loaded here", arguments: ["joblib", "zlib", "gzip", "bz2", "xz", "lzma", "lz4"])
    func loaded(end: String) throws {
        let files = try TemporaryDirectory()
        #expect(try python("write", files("x.\(end)")) == "")
        for mapped in [false, true] {
            let value = try load(FromPython.self, from: files("x.\(end)"), mapped: mapped)
            #expect(value.name == "from Python" && value.text == ["Grüße", "世界"] && value.weightsSum == nil)
            #expect(value.weights.count == 100_000 && abs(value.weights.reduce(0, +)) < 2000)
            #expect(value.grid.shape == [3, 4, 5] && value.grid.elements.allSatisfy { (-5..<5).contains($0) })
            #expect(value.fortran.elements == (0..<12).map { Double($0) })
            #expect(value.mask == [true, false, true, false, true, false, true])
        }
    }
}
