internal import CJoblibSystem
internal import JoblibSystem

/// The functions of liblz4 that are used here, by their names in lz4frame.h without `LZ4F_`.
@safe
struct LZ4Library: Sendable {
    typealias Context = OpaquePointer
    typealias Preferences = UnsafePointer<joblib_lz4_preferences>
    typealias Create = @convention(c) @Sendable (UnsafeMutablePointer<Context?>, UInt32) -> Int
    typealias Free = @convention(c) @Sendable (Context) -> Int
    typealias Begin = @convention(c) @Sendable (Context, UnsafeMutableRawPointer, Int, Preferences) -> Int
    typealias Bound = @convention(c) @Sendable (Int, Preferences) -> Int
    typealias Update =
        @convention(c) @Sendable (
            Context, UnsafeMutableRawPointer, Int, UnsafeRawPointer, Int, UnsafeRawPointer?
        ) -> Int
    typealias End = @convention(c) @Sendable (Context, UnsafeMutableRawPointer, Int, UnsafeRawPointer?) -> Int
    typealias Decompress =
        @convention(c) @Sendable (
            Context, UnsafeMutableRawPointer?, UnsafeMutablePointer<Int>, UnsafeRawPointer?,
            UnsafeMutablePointer<Int>, UnsafeRawPointer?
        ) -> Int
    typealias IsError = @convention(c) @Sendable (Int) -> UInt32
    typealias ErrorName = @convention(c) @Sendable (Int) -> UnsafePointer<CChar>

    let createCompression: Create
    let freeCompression: Free
    let begin: Begin
    let bound: Bound
    let update: Update
    let end: End
    let createDecompression: Create
    let freeDecompression: Free
    let decompress: Decompress
    let isError: IsError
    let errorName: ErrorName

    /// LZ4F_VERSION.
    static let version: UInt32 = 100

    private static let loaded = Self()

    private init?() {
        guard let library = DynamicLibrary(anyOf: SystemLibrary.lz4.fileNames) else { return nil }
        // Safe: the types are those of lz4frame.h since 1.8.
        guard let createCompression = unsafe library.function("LZ4F_createCompressionContext", as: Create.self),
            let freeCompression = unsafe library.function("LZ4F_freeCompressionContext", as: Free.self),
            let begin = unsafe library.function("LZ4F_compressBegin", as: Begin.self),
            let bound = unsafe library.function("LZ4F_compressBound", as: Bound.self),
            let update = unsafe library.function("LZ4F_compressUpdate", as: Update.self),
            let end = unsafe library.function("LZ4F_compressEnd", as: End.self),
            let createDecompression = unsafe library.function("LZ4F_createDecompressionContext", as: Create.self),
            let freeDecompression = unsafe library.function("LZ4F_freeDecompressionContext", as: Free.self),
            let decompress = unsafe library.function("LZ4F_decompress", as: Decompress.self),
            let isError = unsafe library.function("LZ4F_isError", as: IsError.self),
            let errorName = unsafe library.function("LZ4F_getErrorName", as: ErrorName.self)
        else { return nil }
        unsafe self.createCompression = createCompression
        unsafe self.freeCompression = freeCompression
        unsafe self.begin = begin
        unsafe self.bound = bound
        unsafe self.update = update
        unsafe self.end = end
        unsafe self.createDecompression = createDecompression
        unsafe self.freeDecompression = freeDecompression
        unsafe self.decompress = decompress
        self.isError = isError
        unsafe self.errorName = errorName
    }

    /// - Throws: ``JoblibError`` if the library is missing.
    static func shared(for method: String) throws(JoblibError) -> Self {
        guard let loaded else { throw JoblibError.missingLibrary(.lz4, for: method) }
        return loaded
    }

    /// A count that a call has returned; an error of the library's is thrown.
    func checked(_ result: Int) throws(CompressionProblem) -> Int {
        guard isError(result) != 0 else { return result }
        // Safe: a text of the library's own, which ends with a zero.
        throw CompressionProblem(unsafe String(cString: errorName(result)))
    }
}
