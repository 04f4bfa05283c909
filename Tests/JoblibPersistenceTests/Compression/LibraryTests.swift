internal import JoblibSystem
import Testing

@testable import JoblibPersistence

@Suite("What was compressed comes back, in pieces of any size")
struct LibraryTests {
    private func check(_ method: String) throws {
        var generator = Generator(seed: 11)
        for count in [0, 1, 100, 65_536, 3_000_001] {
            let bytes = Squeezer.sample(&generator, count)
            let compressed = try Squeezer.compress(bytes, method)
            #expect(try Squeezer.expand(compressed, method) == bytes)
            #expect(Compression(detecting: Array(compressed.prefix(16))) == .named(method))
            if count <= 65_536 {
                #expect(try Squeezer.expand(Squeezer.compress(bytes, method, piece: 777), method, piece: 13) == bytes)
            }
        }
    }

    @Test(
        "zlib",
        .enabled(if: Squeezer.isHere("zlib"), "the library zlib is not installed"),
        arguments: ["zlib", "gzip"]
    )
    func zlib(method: String) throws { try check(method) }

    @Test(
        "bzip2",
        .enabled(if: Squeezer.isHere("bz2"), "the library bzip2 is not installed"),
        arguments: ["bz2"]
    )
    func bzip2(method: String) throws { try check(method) }

    @Test(
        "liblzma",
        .enabled(if: Squeezer.isHere("xz"), "the library liblzma is not installed"),
        arguments: ["xz", "lzma"]
    )
    func lzma(method: String) throws { try check(method) }

    @Test(
        "lz4",
        .enabled(if: Squeezer.isHere("lz4"), "the library lz4 is not installed"),
        arguments: ["lz4"]
    )
    func lz4(method: String) throws { try check(method) }

    @Test(
        "zstd",
        .enabled(if: Squeezer.isHere("zstd"), "the library zstd is not installed"),
        arguments: ["zstd"]
    )
    func zstd(method: String) throws { try check(method) }

    @Test("a missing library is an error that says what to install")
    func missing() {
        let error = JoblibError.missingLibrary(.lz4, for: "lz4")
        #expect(error.code == .missingLibrary && error.description.contains("apt install liblz4-1"))
        #expect(error.description.contains("brew install lz4"))
    }
}
