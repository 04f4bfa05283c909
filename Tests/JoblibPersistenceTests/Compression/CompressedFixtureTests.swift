import Foundation
import Testing

@testable import JoblibPersistence

@Suite("Compressed files of joblib's")
struct CompressedFixtureTests {
    @Test("what joblib compressed is recognised and read", arguments: Squeezer.available.filter { $0 != "zstd" })
    func joblibsFiles(method: String) throws {
        let codec = try CompressorRegistry.codec(named: method)
        let bytes = try Fixtures.bytes("\(Fixtures.directory)/compressed/text\(codec.fileExtensions[0])")
        #expect(Compression(detecting: Array(bytes.prefix(16))) == .named(method))
        let text = (0..<1000).map { "line \($0)\n" }.joined()
        #expect(try Squeezer.expand(bytes, method) == Array(text.utf8))
        #expect(try Squeezer.expand(bytes, method, piece: 5) == Array(text.utf8))
    }
}
