import Foundation
import Testing

@testable import JoblibPersistence

@Suite(
    "Files to and from Python",
    .enabled(if: Python.path != nil, "JOBLIB_TEST_PYTHON names no Python with NumPy, joblib and lz4")
)
struct NumPyExchangeTests {
    @Test("NumPy reads what was written, of every type")
    func written() throws {
        let directory = try TemporaryDirectory()
        var expected: [String] = []
        func write<Element: NumPyElement>(_ name: String, _ elements: [Element]) throws {
            try NPY.write(try NDArray(shape: [2, 2], elements: elements), to: "\(directory.path)/\(name).npy")
            expected.append("\(name) (2, 2) True \(elements.map { "\($0)" }.joined(separator: " "))\n")
        }
        try write("float32", [1.5, 0.25, -1, 8] as [Float])
        try write("float64", [1.5, 0.25, -1, 8])
        try write("int16", [.min, -1, 0, .max] as [Int16])
        try write("int32", [.min, -1, 0, .max] as [Int32])
        try write("int64", [.min, -1, 0, .max] as [Int])
        try write("int8", [.min, -1, 0, .max] as [Int8])
        try write("uint16", [0, 1, 2, .max] as [UInt16])
        try write("uint32", [0, 1, 2, .max] as [UInt32])
        try write("uint64", [0, 1, 2, .max] as [UInt64])
        try write("uint8", [0, 1, 2, .max] as [UInt8])
        let program = """
            import glob, os, sys, numpy
            for path in sorted(glob.glob(sys.argv[1] + "/*.npy")):
                a = numpy.load(path)
                mapped = numpy.load(path, mmap_mode="r")
                print(a.dtype.name, a.shape, bool((a == mapped).all()), *a.flatten().tolist())
            """
        #expect(try Python.run(program, directory.path) == expected.joined())
    }

    @Test("NumPy reads archives, compressed or not, large or small", arguments: [false, true], [100, 0xffff_ffff])
    func archives(compressed: Bool, largest: Int) throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/a.npz"
        let grid = try NDArray(shape: [100, 20], elements: (0..<2000).map(Double.init))
        try NPZ.write(
            ["grid": grid, "größe": [1, 2, 3], "flags": [true, false]],
            to: path,
            compressed: compressed,
            largest: largest
        )
        let program = """
            import sys, zipfile, numpy
            assert zipfile.ZipFile(sys.argv[1]).testzip() is None
            with numpy.load(sys.argv[1]) as archive:
                print(sorted(archive), archive["grid"].sum(), archive["grid"].shape, archive["größe"].tolist())
                print(archive["flags"].tolist())
            """
        #expect(
            try Python.run(program, path)
                == "['flags', 'grid', 'größe'] 1999000.0 (100, 20) [1, 2, 3]\n[True, False]\n"
        )
    }

    @Test("random arrays of NumPy's come back the same, in any order, type and shape")
    func random() throws {
        let directory = try TemporaryDirectory()
        let program = """
            import sys, numpy
            random = numpy.random.default_rng(5)
            arrays = {}
            for number in range(40):
                shape = tuple(random.integers(0, 7, random.integers(0, 5)))
                array = random.integers(-100, 100, shape).astype(random.choice(["<i2", ">i4", "<f4", ">f8", "i1"]))
                if number % 2: array = numpy.asfortranarray(array)
                numpy.save(f"{sys.argv[1]}/{number}.npy", array)
                arrays[str(number)] = array
                print(number, *array.shape, ":", *array.flatten().astype(int).tolist())
            numpy.savez_compressed(sys.argv[1] + "/all.npz", **arrays)
            """
        let lines = try Python.run(program, directory.path).split(separator: "\n")
        #expect(lines.count == 40)
        let archive = try NPZ.Archive(directory.path + "/all.npz")
        for line in lines {
            let parts = line.split(separator: ":", omittingEmptySubsequences: false).map { part in
                part.split(separator: " ").compactMap { Double($0) }
            }
            let name = String(Int(parts[0][0]))
            let array = try NPY.read(NDArray<Double>.self, from: "\(directory.path)/\(name).npy")
            #expect(array.shape == parts[0].dropFirst().map { Int($0) })
            #expect(array.elements == parts[1])
            #expect(try archive.read(NDArray<Double>.self, named: name) == array)
        }
    }

    @Test("joblib decompresses what was compressed", arguments: Squeezer.available.filter { $0 != "zstd" })
    func compressed(method: String) throws {
        let directory = try TemporaryDirectory()
        var generator = Generator(seed: 41)
        let bytes = Squeezer.sample(&generator, 300_000)
        for (name, data) in [("plain", bytes), ("packed", try Squeezer.compress(bytes, method))] {
            try Data(data).write(to: URL(fileURLWithPath: "\(directory.path)/\(name)"))
        }
        let program = """
            import sys, joblib.compressor
            compressor = joblib.compressor._COMPRESSORS[sys.argv[2]]
            with open(sys.argv[1] + "/packed", "rb") as file:
                data = compressor.decompressor_file(file).read()
            print(data == open(sys.argv[1] + "/plain", "rb").read())
            """
        #expect(try Python.run(program, directory.path, method) == "True\n")
    }
}
