/// How a file is compressed: a method and, if wanted, a level.
///
/// ```swift
/// try dump(model, to: "model.joblib", compression: .zstd)
/// try dump(model, to: "model.joblib", compression: .zlib(level: 9))
/// ```
///
/// The methods and their default levels are joblib's, which opens all of them but zstd.
public struct Compression: Sendable, Hashable {
    /// The method's name, such as `"gzip"`; nil for none, and for what the extension says.
    public let method: String?

    /// How hard to try; nil for the method's default.
    public let level: Int?

    private let isByExtension: Bool

    private init(_ method: String?, _ level: Int? = nil, isByExtension: Bool = false) {
        self.method = method
        self.level = level
        self.isByExtension = isByExtension
    }

    /// What the file's extension stands for (`.z`, `.gz`, `.bz2`, `.xz`, `.lzma`, `.lz4`, `.zst`), and ``none`` if it stands for
    /// none.
    public static var byExtension: Self { Self(nil, isByExtension: true) }

    /// Bytes as they are: the only form that can be mapped.
    public static var none: Self { Self(nil) }

    /// zlib's own format (RFC 1950), level 3: a good compromise.
    public static var zlib: Self { Self("zlib") }

    /// gzip (RFC 1952), level 3: what most other programs can open.
    public static var gzip: Self { Self("gzip") }

    /// bzip2, level 9: small, slow.
    public static var bz2: Self { Self("bz2") }

    /// xz, level 6: smallest, slowest to write.
    public static var xz: Self { Self("xz") }

    /// LZMA's old format, level 6: as xz, without a checksum.
    public static var lzma: Self { Self("lzma") }

    /// LZ4's frame format, level 0: fastest.
    public static var lz4: Self { Self("lz4") }

    /// Zstandard (RFC 8878), level 3: as small as gzip and several times as fast.
    public static var zstd: Self { Self("zstd") }

    /// zlib's own format (RFC 1950).
    ///
    /// - Parameter level: From 0 (not at all) or 1 (fast) to 9 (small). Others are refused when something is written.
    public static func zlib(level: Int) -> Self { Self("zlib", level) }

    /// gzip (RFC 1952).
    ///
    /// - Parameter level: From 0 (not at all) or 1 (fast) to 9 (small). Others are refused when something is written.
    public static func gzip(level: Int) -> Self { Self("gzip", level) }

    /// bzip2.
    ///
    /// - Parameter level: From 1 to 9: how many times 100 kB are sorted at once.
    public static func bz2(level: Int) -> Self { Self("bz2", level) }

    /// xz.
    ///
    /// - Parameter level: From 0 (fast) to 9 (small).
    public static func xz(level: Int) -> Self { Self("xz", level) }

    /// LZMA's old format.
    ///
    /// - Parameter level: From 0 (fast) to 9 (small).
    public static func lzma(level: Int) -> Self { Self("lzma", level) }

    /// LZ4's frame format.
    ///
    /// - Parameter level: From 0 (fast) to 12 (small); reading is equally fast for all.
    public static func lz4(level: Int) -> Self { Self("lz4", level) }

    /// Zstandard (RFC 8878).
    ///
    /// - Parameter level: From 1 (fast) to 19 (small).
    public static func zstd(level: Int) -> Self { Self("zstd", level) }

    /// A method by its name: one of the above or one that was registered.
    ///
    /// - Parameters:
    ///   - name: As in ``CompressorRegistry``. An unknown one is an error when something is written.
    ///   - level: As the method takes it; nil for its default.
    public static func named(_ name: String, level: Int? = nil) -> Self { Self(name, level) }
}

extension Compression {
    /// The method for a file.
    func resolved(for path: String) -> Self { isByExtension ? Self(forFile: path) ?? .none : self }
}

extension Compression: CustomStringConvertible {
    /// For example `gzip`, `zlib(level: 9)`, `none` or `byExtension`.
    public var description: String {
        guard let method else { return isByExtension ? "byExtension" : "none" }
        return level.map { "\(method)(level: \($0))" } ?? method
    }
}
