import Foundation
import Testing

@testable import JoblibPersistence

@Suite("NPY files")
struct NPYTests {
    private func checkRoundTrip<Element: NumPyElement>(_ elements: [Element]) throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/a.npy"
        for shape in [[elements.count], [elements.count / 2, 2], [elements.count / 4, 1, 2, 2], [0, 7], []] {
            let count = shape.reduce(1, *)
            let array = try NDArray(shape: shape, elements: Array(elements[..<count]))
            try NPY.write(array, to: path)
            #expect(try NPY.read(NDArray<Element>.self, from: path) == array)
            #expect(try NPY.read(NDArray<Element>.self, from: path, mapped: true) == array)
            let layout = try NPY.layout(of: path)
            #expect(layout.type == Element.numPyType && layout.shape == shape)
        }
        try NPY.write(elements, to: path)
        #expect(try NPY.read([Element].self, from: path) == elements)
        #expect(try directory.names == ["a.npy"])
    }

    @Test("arrays of every type and shape come back as they were")
    func roundTrip() throws {
        var generator = Generator(seed: 21)
        func integers<Integer: FixedWidthInteger>(_: Integer.Type) -> [Integer] {
            (0..<64).map { _ in Integer.random(in: .min ... .max, using: &generator) }
        }
        try checkRoundTrip(integers(Int.self))
        try checkRoundTrip(integers(Int8.self))
        try checkRoundTrip(integers(Int16.self))
        try checkRoundTrip(integers(Int32.self))
        try checkRoundTrip(integers(Int64.self))
        try checkRoundTrip(integers(UInt.self))
        try checkRoundTrip(integers(UInt8.self))
        try checkRoundTrip(integers(UInt16.self))
        try checkRoundTrip(integers(UInt32.self))
        try checkRoundTrip(integers(UInt64.self))
        try checkRoundTrip((0..<64).map { _ in Bool.random(using: &generator) })
        try checkRoundTrip((0..<64).map { _ in Double.random(in: -1e300...1e300, using: &generator) })
        try checkRoundTrip((0..<64).map { _ in Float.random(in: -1e30...1e30, using: &generator) })
        #if !(canImport(Darwin) && arch(x86_64))
        try checkRoundTrip((0..<64).map { _ in Float16.random(in: -100...100, using: &generator) })
        #endif
    }

    @Test("files of NumPy's are read as what they are")
    func numPysFiles() throws {
        #expect(try NPY.read([Bool].self, from: Fixtures.array("bool.npy")) == [true, false, true])
        #expect(try NPY.read([Int8].self, from: Fixtures.array("int8.npy")) == [-128, 0, 127])
        #expect(try NPY.read([Int16].self, from: Fixtures.array("int16.npy")) == [.min, 0, .max])
        #expect(try NPY.read([Int32].self, from: Fixtures.array("int32.npy")) == [.min, 0, .max])
        #expect(try NPY.read([Int].self, from: Fixtures.array("int64.npy")) == [.min, 0, .max])
        #expect(try NPY.read([UInt8].self, from: Fixtures.array("uint8.npy")) == [0, .max])
        #expect(try NPY.read([UInt16].self, from: Fixtures.array("uint16.npy")) == [0, .max])
        #expect(try NPY.read([UInt32].self, from: Fixtures.array("uint32.npy")) == [0, .max])
        #expect(try NPY.read([UInt64].self, from: Fixtures.array("uint64.npy")) == [0, .max])
        #expect(try NPY.read([Double].self, from: Fixtures.array("float16.npy")) == [1.5, -.infinity, 0x1p-24])
        #expect(try NPY.read([Float].self, from: Fixtures.array("float32.npy")) == [1.5, 0.1, .infinity])
        #expect(try NPY.read([Double].self, from: Fixtures.array("float64.npy")) == [1.5, 0.1, .infinity])
        #expect(try NPY.read([Int32].self, from: Fixtures.array("big_int32.npy"), mapped: true) == [1, -2, 3])
        #expect(try NPY.read([Int].self, from: Fixtures.array("big_int32.npy")) == [1, -2, 3])
        #expect(try NPY.read([Double].self, from: Fixtures.array("big_float64.npy"))[2].sign == .minus)
        let single = try NPY.read(NDArray<Int>.self, from: Fixtures.array("zero_dimensions.npy"))
        #expect(single[] == 42)
        #expect(try NPY.read(NDArray<Float>.self, from: Fixtures.array("empty.npy")).shape == [0, 3])
    }

    @Test("C and Fortran order, and all versions of the format, give the same array", arguments: [false, true])
    func orders(mapped: Bool) throws {
        let grid = try NDArray(shape: [3, 4], elements: (0..<12).map(Double.init))
        for name in ["grid_c", "version2", "version3"] {
            #expect(try NPY.read(NDArray<Double>.self, from: Fixtures.array("\(name).npy"), mapped: mapped) == grid)
        }
        let fortran = try NPY.read(NDArray<Float>.self, from: Fixtures.array("grid_fortran.npy"), mapped: mapped)
        #expect(fortran.elements == (0..<12).map(Float.init))
        for name in ["cube_fortran", "cube_big_fortran"] {
            let cube = try NPY.read(NDArray<Int>.self, from: Fixtures.array("\(name).npy"), mapped: mapped)
            #expect(cube.shape == [2, 3, 4] && cube.elements == Array(0..<24))
        }
    }

    @Test(
        "what is no number is refused by name",
        arguments: [
            ("structured", "[('x', '<i4'), ('y', '<f8')]"), ("object", "type object"),
            ("text", "type str (<U4)"), ("bytes", "type bytes (|S3)"), ("complex", "type complex128"),
            ("date", "type datetime64[ns]"),
        ]
    )
    func refused(name: String, words: String) throws {
        let path = Fixtures.array("\(name).npy")
        let error = #expect(throws: JoblibError.self) { try NPY.read([Double].self, from: path) }
        #expect(error?.code == .unsupportedType)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test("a mapped array is the file's pages, which live as long as it does and are never written")
    func mapped() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/big.npy"
        let original = (0..<300_000).map(Double.init)
        try NPY.write(original, to: path)
        var array = try NPY.read([Double].self, from: path, mapped: true)
        let slice = array[1000..<1010]
        array[0] = -1
        array.append(7)
        #expect(array.count == 300_001 && array[0] == -1 && Array(slice) == (1000..<1010).map(Double.init))
        let other = try NPY.read([Double].self, from: path, mapped: true)
        #expect(other == original)
        try NPY.write([1.0], to: path)
        #expect(other == original)
        #expect(try NPY.read([Double].self, from: path) == [1])
    }

    @Test("a file may be cut off when nobody uses its array any more")
    func truncatedAfterwards() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/a.npy"
        for _ in 0..<3 {
            try NPY.write((0..<10_000).map(Double.init), to: path)
            #expect(try NPY.read([Double].self, from: path, mapped: true).last == 9999)
            let file = try #require(FileHandle(forWritingAtPath: path))
            try file.truncate(atOffset: 0)
        }
    }

    @Test("an array of many megabytes is read by several threads as it was written")
    func large() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/large.npy"
        var generator = Generator(seed: 22)
        let array = (0..<2_000_001).map { _ in generator.next() }
        try NPY.write(array, to: path)
        #expect(try NPY.read([UInt64].self, from: path) == array)
    }

    @Test("errors name the file, and say what it is instead")
    func errors() throws {
        let directory = try TemporaryDirectory()
        let missing = #expect(throws: JoblibError.self) { try NPY.read([Double].self, from: "no/such.npy") }
        #expect(missing?.code == .cannotReadFile && missing?.message == "'no/such.npy' could not be read")
        let folder = #expect(throws: JoblibError.self) { try NPY.read([Double].self, from: directory.path) }
        #expect(folder?.code == .cannotReadFile)
        let unwritable = #expect(throws: JoblibError.self) { try NPY.write([1.0], to: directory.path + "/no/x.npy") }
        #expect(unwritable?.code == .cannotWriteFile)
        let archive = #expect(throws: JoblibError.self) {
            try NPY.read([Double].self, from: Fixtures.array("stored.npz"))
        }
        #expect(archive?.remedy == "If it is a NumPy .npz file, read it with NPZ.read(_:from:).")
        let grid = #expect(throws: JoblibError.self) {
            try NPY.read([Double].self, from: Fixtures.array("grid_c.npy"))
        }
        #expect(grid?.message.hasSuffix("has the shape (3, 4), and [Double] has one dimension") == true)
        try directory.add("", at: "empty.npy")
        let empty = #expect(throws: JoblibError.self) {
            try NPY.read([Double].self, from: directory.path + "/empty.npy")
        }
        #expect(empty?.code == .damagedFile)
    }

    @Test("a file that is cut off is an error, wherever it ends")
    func truncated() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/cut.npy"
        let bytes = try Fixtures.bytes(Fixtures.array("grid_c.npy"))
        for count in bytes.indices {
            try Data(bytes[..<count]).write(to: URL(fileURLWithPath: path))
            let error = #expect(throws: JoblibError.self) { try NPY.read(NDArray<Double>.self, from: path) }
            #expect(error?.code == .damagedFile)
            #expect(throws: JoblibError.self) { try NPY.read(NDArray<Double>.self, from: path, mapped: true) }
        }
    }

    @Test("a size that is a lie takes no memory")
    func lies() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/lie.npy"
        for shape in ["(9223372036854775807,)", "(100000000000,)", "(4294967296, 4294967296)", "(-1,)", "(1.5,)", "3"] {
            let text = "{'descr': '<f8', 'fortran_order': False, 'shape': \(shape), }"
            let bytes = NPYHeader.magic + [1, 0, UInt8(text.utf8.count), 0] + Array(text.utf8) + [0, 0, 0]
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            let error = #expect(throws: JoblibError.self) { try NPY.read(NDArray<Double>.self, from: path) }
            #expect(error?.code == .damagedFile)
        }
        // A file with a hole of 32 TiB, where file systems have such: no memory for it, so an error.
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.truncate(atOffset: 0)
        try file.write(contentsOf: NPYHeader.bytes(Double.numPyType, shape: [1 << 42]))
        if (try? file.truncate(atOffset: 1 << 45 + 128)) != nil {
            let error = #expect(throws: JoblibError.self) { try NPY.read([Double].self, from: path) }
            #expect(error?.code == .systemResource)
        }
    }

    @Test("damaged files give an array or an error, never a crash")
    func mutated() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/damaged.npy"
        let names = ["grid_c", "cube_fortran", "version3", "bool", "structured", "text"]
        let originals = try names.map { try Fixtures.bytes(Fixtures.array("\($0).npy")) }
        var generator = Generator(seed: 23)
        for round in 0..<Mutation.rounds {
            let bytes = Mutation.damage(originals[round % originals.count], within: 80, &generator)
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            Mutation.attempt { _ = try NPY.read(NDArray<Double>.self, from: path, mapped: round % 2 == 0) }
            Mutation.attempt { _ = try NPY.read([Bool].self, from: path) }
        }
    }
}
