extension SystemLibrary {
    /// What is known of a library on this system.
    package enum Presence: Sendable, Hashable {
        case missing
        /// With its version, if it tells one.
        case found(version: String?)
    }

    /// Looks for the library, and loads it if it is there.
    package var presence: Presence {
        guard let library = DynamicLibrary(anyOf: fileNames) else { return .missing }
        typealias Version = @convention(c) () -> UnsafePointer<CChar>?
        // Safe: all five are functions without arguments that return a text which is never freed, and stay so: they are
        // part of the binary interfaces that the file names stand for.
        guard let version = unsafe library.function(versionFunction, as: Version.self), let text = unsafe version()
        else {
            return .found(version: nil)
        }
        // bzip2 tells its date, too: "1.0.8, 13-Jul-2019".
        let words = unsafe String(cString: text).split { $0 == "," || $0 == " " }
        return .found(version: words.first.map(String.init))
    }

    private var versionFunction: String {
        switch self {
        case .zlib: "zlibVersion"
        case .bzip2: "BZ2_bzlibVersion"
        case .lzma: "lzma_version_string"
        case .lz4: "LZ4_versionString"
        case .zstd: "ZSTD_versionString"
        }
    }
}
