internal import CJoblibSystem
internal import JoblibSystem

/// The functions of libbz2 that are used here, by their names in bzlib.h without `BZ2_bz`.
@safe
struct BzipLibrary: Sendable {
    typealias Stream = UnsafeMutablePointer<joblib_bz_stream>
    typealias CompressInit = @convention(c) @Sendable (Stream, Int32, Int32, Int32) -> Int32
    typealias DecompressInit = @convention(c) @Sendable (Stream, Int32, Int32) -> Int32
    typealias Compress = @convention(c) @Sendable (Stream, Int32) -> Int32
    typealias Call = @convention(c) @Sendable (Stream) -> Int32

    let compressInit: CompressInit
    let compress: Compress
    let compressEnd: Call
    let decompressInit: DecompressInit
    let decompress: Call
    let decompressEnd: Call

    // bzlib.h
    static let run: Int32 = 0
    static let finish: Int32 = 2
    static let streamEnd: Int32 = 4
    static let memoryError: Int32 = -3

    private static let loaded = Self()

    private init?() {
        guard let library = DynamicLibrary(anyOf: SystemLibrary.bzip2.fileNames) else { return nil }
        // Safe: the types are those of bzlib.h, unchanged since 1.0.
        guard let compressInit = unsafe library.function("BZ2_bzCompressInit", as: CompressInit.self),
            let compress = unsafe library.function("BZ2_bzCompress", as: Compress.self),
            let compressEnd = unsafe library.function("BZ2_bzCompressEnd", as: Call.self),
            let decompressInit = unsafe library.function("BZ2_bzDecompressInit", as: DecompressInit.self),
            let decompress = unsafe library.function("BZ2_bzDecompress", as: Call.self),
            let decompressEnd = unsafe library.function("BZ2_bzDecompressEnd", as: Call.self)
        else { return nil }
        unsafe self.compressInit = compressInit
        unsafe self.compress = compress
        unsafe self.compressEnd = compressEnd
        unsafe self.decompressInit = decompressInit
        unsafe self.decompress = decompress
        unsafe self.decompressEnd = decompressEnd
    }

    /// - Throws: ``JoblibError`` if the library is missing.
    static func shared(for method: String) throws(JoblibError) -> Self {
        guard let loaded else { throw JoblibError.missingLibrary(.bzip2, for: method) }
        return loaded
    }
}
