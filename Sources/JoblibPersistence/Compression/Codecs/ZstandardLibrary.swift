internal import CJoblibSystem
internal import JoblibSystem

/// The functions of libzstd that are used here, by their names in zstd.h without `ZSTD_`.
@safe
struct ZstandardLibrary: Sendable {
    typealias Context = OpaquePointer
    typealias Input = UnsafeMutablePointer<joblib_zstd_input>
    typealias Output = UnsafeMutablePointer<joblib_zstd_output>
    typealias Create = @convention(c) @Sendable () -> Context?
    typealias Free = @convention(c) @Sendable (Context) -> Int
    typealias SetParameter = @convention(c) @Sendable (Context, Int32, Int32) -> Int
    typealias Compress = @convention(c) @Sendable (Context, Output, Input, Int32) -> Int
    typealias Decompress = @convention(c) @Sendable (Context, Output, Input) -> Int
    typealias IsError = @convention(c) @Sendable (Int) -> UInt32
    typealias ErrorName = @convention(c) @Sendable (Int) -> UnsafePointer<CChar>

    let createCompression: Create
    let freeCompression: Free
    let setParameter: SetParameter
    let compress: Compress
    let createDecompression: Create
    let freeDecompression: Free
    let decompress: Decompress
    let isError: IsError
    let errorName: ErrorName

    // zstd.h
    static let compressionLevel: Int32 = 100
    static let checksumFlag: Int32 = 201
    static let goOn: Int32 = 0
    static let end: Int32 = 2

    private static let loaded = Self()

    private init?() {
        guard let library = DynamicLibrary(anyOf: SystemLibrary.zstd.fileNames) else { return nil }
        // Safe: the types are those of zstd.h since 1.4.
        guard let createCompression = unsafe library.function("ZSTD_createCCtx", as: Create.self),
            let freeCompression = unsafe library.function("ZSTD_freeCCtx", as: Free.self),
            let setParameter = unsafe library.function("ZSTD_CCtx_setParameter", as: SetParameter.self),
            let compress = unsafe library.function("ZSTD_compressStream2", as: Compress.self),
            let createDecompression = unsafe library.function("ZSTD_createDCtx", as: Create.self),
            let freeDecompression = unsafe library.function("ZSTD_freeDCtx", as: Free.self),
            let decompress = unsafe library.function("ZSTD_decompressStream", as: Decompress.self),
            let isError = unsafe library.function("ZSTD_isError", as: IsError.self),
            let errorName = unsafe library.function("ZSTD_getErrorName", as: ErrorName.self)
        else { return nil }
        unsafe self.createCompression = createCompression
        unsafe self.freeCompression = freeCompression
        unsafe self.setParameter = setParameter
        unsafe self.compress = compress
        unsafe self.createDecompression = createDecompression
        unsafe self.freeDecompression = freeDecompression
        unsafe self.decompress = decompress
        self.isError = isError
        unsafe self.errorName = errorName
    }

    /// - Throws: ``JoblibError`` if the library is missing.
    static func shared(for method: String) throws(JoblibError) -> Self {
        guard let loaded else { throw JoblibError.missingLibrary(.zstd, for: method) }
        return loaded
    }

    /// A count that a call has returned; an error of the library's is thrown.
    func checked(_ result: Int) throws(CompressionProblem) -> Int {
        guard isError(result) != 0 else { return result }
        // Safe: a text of the library's own, which ends with a zero.
        throw CompressionProblem(unsafe String(cString: errorName(result)))
    }
}
