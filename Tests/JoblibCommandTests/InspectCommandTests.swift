import Foundation
import Joblib
import JoblibSystem
import Testing

@testable import JoblibCommand

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite("joblib inspect")
struct InspectCommandTests {
    let directory: CommandDirectory

    init() throws { directory = try CommandDirectory() }

    static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures").path

    private func inspect(_ arguments: String...) throws -> JoblibCommandLine.Result {
        try JoblibCommandLine.run(["inspect"] + arguments)
    }

    /// The JSON of one file.
    private func value(_ arguments: String...) throws -> [String: Any] {
        let result = try JoblibCommandLine.run(["inspect", "--json"] + arguments)
        #expect(result.code == 0 && result.error.isEmpty, "\(result.error)")
        return try #require(try result.array().first?["value"] as? [String: Any])
    }

    @Test("Every array that Python wrote is described")
    func arrays() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.fixtures + "/npy").sorted()
        #expect(names.count > 25)
        let files = names.map { Self.fixtures + "/npy/" + $0 }
        let result = try JoblibCommandLine.run(["inspect"] + files)
        #expect(result.code == 0 && result.error.isEmpty)
        let json = try JoblibCommandLine.run(["inspect", "--json"] + files).array()
        #expect(json.count == files.count && json.allSatisfy { $0["error"] == nil })
    }

    @Test("An array's type, shape, order and numbers")
    func array() throws {
        let text = try inspect(Self.fixtures + "/npy/cube_big_fortran.npy").output
        #expect(text.contains("big-endian") && text.contains("Fortran") && text.contains("NumPy array (.npy 1.0)"))
        let array = try value(Self.fixtures + "/npy/grid_fortran.npy")
        #expect(array["dtype"] as? String == "<f4" && array["shape"] as? [Int] == [3, 4])
        #expect(array["order"] as? String == "F" && array["elements"] as? Int == 12)
        let statistics = try #require(array["statistics"] as? [String: Any])
        #expect(statistics["min"] as? Double == 0 && statistics["max"] as? Double == 11)
        #expect(statistics["mean"] as? Double == 5.5 && statistics["sampled"] as? Bool == false)
        // In C order, whatever the order in the file.
        #expect(array["first"] as? [Double] == [0, 1, 2, 3, 4, 5, 6, 7])
    }

    @Test("What is no number of Swift's is shown as NumPy has it")
    func others() throws {
        #expect(try inspect(Self.fixtures + "/npy/date.npy").output.contains("2024-01-01T00:00:00.000000000"))
        #expect(try inspect(Self.fixtures + "/npy/structured.npy").output.contains("[('x', '<i4'), ('y', '<f8')]"))
        #expect(try value(Self.fixtures + "/npy/structured.npy")["fields"] as? String == "[('x', '<i4'), ('y', '<f8')]")
        #expect(try inspect(Self.fixtures + "/npy/object.npy").output.contains("└─ a: 1"))
        #expect(try value(Self.fixtures + "/npy/zero_dimensions.npy")["shape"] as? [Int] == [])
    }

    @Test("Python's joblib files are trees, whatever the protocol", arguments: 0...5)
    func protocols(_ version: Int) throws {
        let file = Self.fixtures + "/joblib/plain-\(version).joblib"
        let result = try inspect(file)
        #expect(result.code == 0 && result.output.contains("dict of 26"))
        #expect(result.output.contains("protocol \(version < 2 ? "0 or 1" : "\(version)")"))
        #expect(result.output.contains("├─ bigNegative: -1180591620717411303424"))
        let json = try JoblibCommandLine.run("inspect", "--json", file).array()
        #expect(json[0]["protocol"] as? Int == (version < 2 ? nil : version))
        #expect(json[0]["format"] as? String == "joblib")
    }

    @Test("Compressed files name their method", arguments: ["zlib", "gzip", "bz2", "xz", "lzma", "lz4"])
    func compressed(_ method: String) throws {
        let file = Self.fixtures + "/joblib/compressed.\(method)"
        let json = try JoblibCommandLine.run("inspect", "--json", file).array()
        #expect(json[0]["compressor"] as? String == method)
        #expect(try value(file)["count"] as? Int == 2)
    }

    @Test(
        "--select shows a part, however the path is written",
        arguments: [
            ("grid", "array"), (".grid", "array"), ("['grid']", "array"), ("names", "list"), ("names[1]", "str"),
            ("names.1", "str"),
        ]
    )
    func select(_ path: String, _ kind: String) throws {
        #expect(try value("--select", path, Self.fixtures + "/joblib/model.joblib")["kind"] as? String == kind)
    }

    @Test("A path that leads nowhere says how far it leads")
    func wrongPath() throws {
        let result = try inspect("--select", "names[7].x", Self.fixtures + "/joblib/model.joblib")
        #expect(result.code == 1 && result.error.contains("has no [7] in names. There is [0], [1]."))
        let leaf = try inspect("--select", "alpha.x", Self.fixtures + "/joblib/model.joblib")
        #expect(leaf.code == 1 && leaf.error.contains("It has no parts."))
    }

    @Test(
        "What load refuses is described: nothing of it is run",
        arguments: [
            ("class", "__main__.Custom"), ("objects", "numpy.ndarray of objects, shape (2,)"),
            ("loop", "(itself again)"),
            ("structured", "records of"), ("nested", "list of 1"), ("function", "builtins.print"),
            ("type", "numpy.float64"),
        ]
    )
    func refused(_ name: String, _ text: String) throws {
        let result = try inspect(Self.fixtures + "/joblib/refused-\(name).joblib", "--depth", "600")
        #expect(result.code == 0 && result.output.contains(text), "\(result)")
    }

    @Test("Arrays in plain pickles are arrays, too", arguments: ["pickle-2", "pickle-5"])
    func plainPickles(_ name: String) throws {
        let result = try inspect(Self.fixtures + "/joblib/\(name).joblib")
        #expect(result.code == 0 && result.output.contains("float64 (") && result.output.contains("mean"))
    }

    @Test("Depth and number of parts have limits")
    func limits() throws {
        let file = Self.fixtures + "/joblib/refused-nested.joblib"
        #expect(try inspect(file, "--depth", "3").output.split(separator: "\n").count < 8)
        let plain = Self.fixtures + "/joblib/plain-4.joblib"
        #expect(try inspect(plain, "--items", "3").output.contains("└─ … 23 more"))
        #expect(try value(plain, "--items", "3")["truncated"] as? Bool == true)
        #expect(try inspect(plain, "--items", "0", "--depth", "0").code == 0)
    }

    @Test("Shared parts do not make the tree longer than anybody reads")
    func explosion() throws {
        // Thirty lists, each of them twice the one before.
        var pickle: [UInt8] = [0x80, 2, 0x5d, 0x71, 0]
        for level in 1..<30 {
            pickle += [0x30, 0x5d, 0x71, UInt8(level), 0x28, 0x68, UInt8(level - 1), 0x68, UInt8(level - 1), 0x65]
        }
        pickle.append(0x2e)
        let file = directory.file("bomb.pkl")
        try Data(pickle).write(to: URL(fileURLWithPath: file))
        let text = try inspect(file, "--depth", "100")
        #expect(text.code == 0 && text.output.split(separator: "\n").count < 1100)
        #expect(text.output.contains("there is more"))
        #expect(try inspect(file, "--depth", "100", "--json").code == 0)
    }

    @Test("Nested as deeply as may be")
    func deep() throws {
        let depth = 100_000
        let pickle =
            [0x80, 2] + [UInt8](repeating: 0x5d, count: depth) + [UInt8](repeating: 0x61, count: depth - 1) + [0x2e]
        let file = directory.file("deep.pkl")
        try Data(pickle).write(to: URL(fileURLWithPath: file))
        #expect(try inspect(file).code == 0)
        #expect(try inspect(file, "--depth", "1000").code == 0)
        #expect(try inspect(file, "--depth", "1000", "--json").code == 0)
        #expect(try inspect(file, "--depth", "1001").code == 2)
    }

    @Test("A large array is looked at in part, unless all is asked for")
    func sample() throws {
        let file = directory.file("large.npy")
        var numbers = [Double](repeating: 1, count: 8_400_000)
        numbers[17] = 5
        numbers[4_567_891] = -7
        try NPY.write(numbers, to: file)
        let part = try #require(try value(file)["statistics"] as? [String: Any])
        #expect(part["sampled"] as? Bool == true && part["max"] as? Double == 5)
        #expect(try inspect(file).output.contains("--full looks at all"))
        let all = try #require(try value(file, "--full")["statistics"] as? [String: Any])
        #expect(all["sampled"] as? Bool == false && all["min"] as? Double == -7)
    }

    @Test("Files that Swift wrote")
    func ours() throws {
        struct Model: Codable {
            var name = "ridge"
            var weights = [1.5, .nan, 2.5, .infinity]
            var steps = ["a": [1, 2, 3]]
            var flags = [true, false, true]
        }
        try dump(Model(), to: directory.file("model.joblib.gz"))
        let text = try inspect(directory.file("model.joblib.gz")).output
        #expect(text.contains("joblib, protocol 4, gzip") && text.contains("├─ name: \"ridge\""))
        #expect(text.contains("min 1.5, max 2.5, mean 2.0, NaN 1, infinite 1"))
        #expect(text.contains("true 67 %"))
        try dump(
            ["m": NDArray(shape: [20, 30], elements: (0..<600).map(Double.init))],
            to: directory.file("grid.joblib")
        )
        let grid = try value("--select", "m", directory.file("grid.joblib"))
        #expect(grid["shape"] as? [Int] == [20, 30] && (grid["offset"] as? Int).map { $0 % 16 } == 0)
    }

    @Test(
        "Other files are named for what they are",
        arguments: [
            ("id,name\n1,a\n", "text that begins with 'id,name\\n1,a\\n'"), ("", "empty"),
            ("%PDF-1.7", "a PDF document"),
            ("\u{7f}ELF", "a program or library (ELF)"),
            ("PK\u{5}\u{6}" + String(repeating: "\0", count: 18), "a zip archive without NumPy arrays"),
            ("JLC1\0\0\0\0", "an entry of a cache"),
        ]
    )
    func otherFiles(_ contents: String, _ text: String) throws {
        let file = directory.file("file")
        try Data(contents.utf8).write(to: URL(fileURLWithPath: file))
        let result = try inspect(file)
        #expect(result.code == 1 && result.error.contains(text), "\(result.error)")
    }

    @Test("One bad file does not hide the others")
    func several() throws {
        let good = Self.fixtures + "/npy/int8.npy"
        let result = try inspect(good, directory.file("missing.npy"), directory.path, good)
        #expect(result.code == 1 && result.output.components(separatedBy: "int8 ").count > 2)
        #expect(result.error.contains("missing.npy"))
        let json = try JoblibCommandLine.run("inspect", "--json", good, directory.file("missing.npy"))
        #expect(json.code == 1)
        #expect(try json.array().map { $0["error"] != nil } == [false, true])
    }

    @Test("Pictures: a heat map of a matrix, a histogram of others")
    func plot() throws {
        let picture = directory.file("out.svg")
        func svg(_ arguments: String...) throws -> String {
            let result = try JoblibCommandLine.run(["inspect", "--plot", picture] + arguments)
            #expect(result.code == 0, "\(result.error)")
            let text = try String(contentsOfFile: picture, encoding: .utf8)
            let parser = XMLParser(data: Data(text.utf8))
            #expect(parser.parse(), "\(String(describing: parser.parserError))")
            return text
        }
        let file = directory.file("a.joblib")
        let numbers = (0..<1000).map { Double($0 % 37) / 7 }
        let large = try NDArray(shape: [300, 500], elements: (0..<150_000).map { Float($0 % 500) })
        let small = try NDArray(shape: [3, 4], elements: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, .nan, 12] as [Double])
        try dump(Everything(numbers: numbers, large: large, small: small, dice: [1, 2, 2, 6], text: "x"), to: file)
        let histogram = try svg("--select", "numbers", file)
        #expect(histogram.contains(">a.joblib: numbers<") && histogram.contains("class=\"bar\""))
        #expect(histogram.contains("mean 2.5"))
        // One bar for each number, and none where there is none.
        #expect(try svg("--select", "dice", file).components(separatedBy: "class=\"bar\"").count - 1 == 3)
        #expect(try svg("--select", "large", file).contains("data:image/png;base64,"))
        let matrix = try svg("--select", "small", file)
        #expect(matrix.contains("row 2, column 3: 12.0") && matrix.contains("row 2, column 2: no number"))
        #expect(matrix.contains("1 NaN left out"))
        // From a compressed file, and as the only array.
        try dump(numbers, to: directory.file("b.joblib.xz"))
        #expect(try svg(directory.file("b.joblib.xz")).contains("class=\"bar\""))
        let other = try inspect("--plot", directory.file("out.png"), "--select", "dice", file)
        #expect(other.code == 2 && other.error.contains("ends with .svg"))
        #expect(!FileManager.default.fileExists(atPath: directory.file("out.png")))
        let several = try inspect("--plot", picture, file)
        #expect(several.code == 1 && several.error.contains("--select: numbers, large, small, dice"))
        let none = try inspect("--plot", picture, "--select", "text", file)
        #expect(none.code == 1 && none.error.contains("no array of numbers"))
        let nowhere = try inspect("--plot", directory.file("no/where.svg"), "--select", "dice", file)
        #expect(nowhere.code == 1 && nowhere.error.contains("where.svg"))
    }

    private struct Everything: Codable {
        var numbers: [Double]
        var large: NDArray<Float>
        var small: NDArray<Double>
        var dice: [Int]
        var text: String
    }

    @Test("A file may come through a pipe")
    func pipe() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [
            "-c", "cat \"$1\" | \"$0\" inspect /dev/stdin", CommandProgram.path, Self.fixtures + "/npy/grid_c.npy",
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0 && text.contains("(3, 4)"))
    }
}
