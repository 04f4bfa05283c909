internal import CJoblibSystem
internal import JoblibSystem

/// The functions of zlib that are used here, by their names in zlib.h.
@safe
struct ZlibLibrary: Sendable {
    typealias Stream = UnsafeMutablePointer<joblib_z_stream>
    typealias DeflateInit =
        @convention(c) @Sendable (Stream, Int32, Int32, Int32, Int32, Int32, UnsafePointer<CChar>, Int32) -> Int32
    typealias InflateInit = @convention(c) @Sendable (Stream, Int32, UnsafePointer<CChar>, Int32) -> Int32
    typealias Step = @convention(c) @Sendable (Stream, Int32) -> Int32
    typealias End = @convention(c) @Sendable (Stream) -> Int32
    typealias Version = @convention(c) @Sendable () -> UnsafePointer<CChar>

    let deflateInit: DeflateInit
    let deflate: Step
    let deflateEnd: End
    let inflateInit: InflateInit
    let inflate: Step
    let inflateEnd: End
    let version: Version

    // zlib.h
    static let noFlush: Int32 = 0
    static let finish: Int32 = 4
    static let ok: Int32 = 0
    static let streamEnd: Int32 = 1
    static let needDictionary: Int32 = 2
    static let memoryError: Int32 = -4
    static let bufferError: Int32 = -5

    private static let loaded = Self()

    private init?() {
        guard let library = DynamicLibrary(anyOf: SystemLibrary.zlib.fileNames) else { return nil }
        // Safe: the types are those of zlib.h, unchanged since 1.2.
        guard let deflateInit = unsafe library.function("deflateInit2_", as: DeflateInit.self),
            let deflate = unsafe library.function("deflate", as: Step.self),
            let deflateEnd = unsafe library.function("deflateEnd", as: End.self),
            let inflateInit = unsafe library.function("inflateInit2_", as: InflateInit.self),
            let inflate = unsafe library.function("inflate", as: Step.self),
            let inflateEnd = unsafe library.function("inflateEnd", as: End.self),
            let version = unsafe library.function("zlibVersion", as: Version.self)
        else { return nil }
        unsafe self.deflateInit = deflateInit
        unsafe self.deflate = deflate
        unsafe self.deflateEnd = deflateEnd
        unsafe self.inflateInit = inflateInit
        unsafe self.inflate = inflate
        unsafe self.inflateEnd = inflateEnd
        unsafe self.version = version
    }

    /// - Throws: ``JoblibError`` if the library is missing.
    static func shared(for method: String) throws(JoblibError) -> Self {
        guard let loaded else { throw JoblibError.missingLibrary(.zlib, for: method) }
        return loaded
    }
}
