/// A compression library that systems bring along or offer.
package enum SystemLibrary: Sendable, CaseIterable {
    case zlib
    case bzip2
    case lzma
    case lz4
    case zstd

    /// The library's own name, for people.
    package var name: String {
        switch self {
        case .zlib: "zlib"
        case .bzip2: "bzip2"
        case .lzma: "liblzma"
        case .lz4: "lz4"
        case .zstd: "zstd"
        }
    }

    /// The files to look for. The number is that of the binary interface, which is what this program relies on.
    package var fileNames: [String] {
        #if canImport(Darwin)
        // The first two come with the system; the others with Homebrew, on Apple's processors or on Intel's.
        func brewed(_ formula: String, _ file: String) -> [String] {
            [file] + ["/opt/homebrew", "/usr/local"].map { "\($0)/opt/\(formula)/lib/\(file)" }
        }
        return switch self {
        case .zlib: ["/usr/lib/libz.1.dylib", "libz.1.dylib"]
        case .bzip2: ["/usr/lib/libbz2.1.0.dylib", "libbz2.1.0.dylib"]
        case .lzma: brewed("xz", "liblzma.5.dylib") + ["/usr/lib/liblzma.5.dylib"]
        case .lz4: brewed("lz4", "liblz4.1.dylib")
        case .zstd: brewed("zstd", "libzstd.1.dylib")
        }
        #else
        return switch self {
        case .zlib: ["libz.so.1", "libz.so"]
        case .bzip2: ["libbz2.so.1.0", "libbz2.so.1"]
        case .lzma: ["liblzma.so.5"]
        case .lz4: ["liblz4.so.1"]
        case .zstd: ["libzstd.so.1"]
        }
        #endif
    }

    /// The package of Debian and Ubuntu that has it.
    package var debianPackage: String {
        switch self {
        case .zlib: "zlib1g"
        case .bzip2: "libbz2-1.0"
        case .lzma: "liblzma5"
        case .lz4: "liblz4-1"
        case .zstd: "libzstd1"
        }
    }

    /// Homebrew's formula that has it.
    package var brewFormula: String {
        switch self {
        case .zlib: "zlib"
        case .bzip2: "bzip2"
        case .lzma: "xz"
        case .lz4: "lz4"
        case .zstd: "zstd"
        }
    }
}
