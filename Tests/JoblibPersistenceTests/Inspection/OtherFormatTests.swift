import Foundation
import Testing

@testable import JoblibPersistence

@Suite("Files of other formats")
struct OtherFormatTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func write(_ bytes: some Sequence<UInt8>) throws -> String {
        let path = directory.path + "/file"
        try Data(Array(bytes)).write(to: URL(fileURLWithPath: path))
        return path
    }

    private func loadError(_ path: String) -> JoblibError? {
        #expect(throws: JoblibError.self) { try load(JoblibValue.self, from: path) }
    }

    @Test("load says what reads an array file")
    func arrays() throws {
        let npy = try #require(loadError(Fixtures.array("float64.npy")))
        #expect(npy.code == .damagedFile && npy.message.hasSuffix("is a NumPy .npy file, and no joblib file"))
        #expect(npy.remedy == "Read it with NPY.read(_:from:).")
        let npz = try #require(loadError(Fixtures.array("stored.npz")))
        #expect(npz.message.contains("is a zip archive") && npz.remedy?.contains("NPZ.read(_:from:)") == true)
    }

    @Test(
        "load shows how a text begins",
        arguments: [
            "id,name\n1,a\n", "{\"a\": 1}", "Name: x", "(1, 2)", "# comment", "VERSION 2\nabc\n", "I am text",
            "PKxyz\n", "cats and dogs",
        ]
    )
    func texts(_ text: String) throws {
        let error = try #require(loadError(write(text.utf8)))
        #expect(error.code == .damagedFile && error.message.contains("is text that begins with "), "\(error)")
        #expect(error.message.contains(text.prefix(2)))
    }

    @Test("Of compressed text, too")
    func compressedText() throws {
        let error = try #require(loadError(Fixtures.directory + "/compressed/text.gz"))
        #expect(error.message.contains(", compressed by gzip, is text that begins with 'line 0"))
    }

    @Test(
        "load names other formats",
        arguments: [
            ("%PDF-1.4", "a PDF document"), ("SQLite format 3\0", "an SQLite database"), ("PAR1", "a Parquet file"),
            ("", "empty"),
            ("JLC1\0\0\0\0", "an entry of a cache"),
        ]
    )
    func others(_ start: String, _ name: String) throws {
        #expect(try #require(loadError(write(start.utf8))).message.contains("is \(name), and no joblib file"))
    }

    @Test("A damaged pickle is called one, in text form as well")
    func pickles() throws {
        #expect(try #require(loadError(write("(dp0\nVname\np1\nV".utf8))).message.contains("ends too early"))
        #expect(try #require(loadError(write([0x80, 4, 0x95]))).message.contains("ends too early"))
        #expect(try #require(loadError(write([0xfe, 0xff, 0, 1]))).message.contains("does not begin as a joblib file"))
    }

    @Test("NPY and NPZ say what a file is instead")
    func arrayReaders() throws {
        func npy(_ path: String) -> JoblibError? {
            #expect(throws: JoblibError.self) { try NPY.read([Double].self, from: path) }
        }
        func npz(_ path: String) -> JoblibError? {
            #expect(throws: JoblibError.self) { try NPZ.Archive(path) }
        }
        let model = Fixtures.directory + "/joblib/model.joblib"
        #expect(npy(model)?.message.hasSuffix("is no NPY file: it is a pickle") == true)
        #expect(npy(model)?.remedy == "Read it with load(_:from:).")
        #expect(npy(Fixtures.array("stored.npz"))?.remedy?.contains("NPZ.read") == true)
        let text = try write("1.0 2.0 3.0\n".utf8)
        #expect(npy(text)?.message.contains("it is text that begins with '1.0 2.0") == true)
        #expect(npz(Fixtures.array("int8.npy"))?.message.hasSuffix("is a NumPy .npy file, and no NPZ archive") == true)
        #expect(npz(model)?.remedy == "Read it with load(_:from:).")
        #expect(npz(text)?.message.contains("is text that begins with") == true)
    }
}
