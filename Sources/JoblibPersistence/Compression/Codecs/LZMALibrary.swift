internal import CJoblibSystem
internal import JoblibSystem

/// The functions of liblzma that are used here, by their names in lzma.h without `lzma_`.
@safe
struct LZMALibrary: Sendable {
    typealias Stream = UnsafeMutablePointer<joblib_lzma_stream>
    typealias EasyEncoder = @convention(c) @Sendable (Stream, UInt32, Int32) -> Int32
    typealias Preset = @convention(c) @Sendable (UnsafeMutablePointer<joblib_lzma_options>, UInt32) -> UInt8
    typealias AloneEncoder = @convention(c) @Sendable (Stream, UnsafePointer<joblib_lzma_options>) -> Int32
    typealias StreamDecoder = @convention(c) @Sendable (Stream, UInt64, UInt32) -> Int32
    typealias AloneDecoder = @convention(c) @Sendable (Stream, UInt64) -> Int32
    typealias Code = @convention(c) @Sendable (Stream, Int32) -> Int32
    typealias End = @convention(c) @Sendable (Stream) -> Void

    let easyEncoder: EasyEncoder
    let preset: Preset
    let aloneEncoder: AloneEncoder
    let streamDecoder: StreamDecoder
    let aloneDecoder: AloneDecoder
    let code: Code
    let end: End

    // lzma.h
    static let run: Int32 = 0
    static let finish: Int32 = 3
    static let crc64: Int32 = 4
    static let streamEnd: Int32 = 1
    static let bufferError: Int32 = 10

    private static let loaded = Self()

    private init?() {
        guard let library = DynamicLibrary(anyOf: SystemLibrary.lzma.fileNames) else { return nil }
        // Safe: the types are those of lzma.h, the binary interface of version 5.
        guard let easyEncoder = unsafe library.function("lzma_easy_encoder", as: EasyEncoder.self),
            let preset = unsafe library.function("lzma_lzma_preset", as: Preset.self),
            let aloneEncoder = unsafe library.function("lzma_alone_encoder", as: AloneEncoder.self),
            let streamDecoder = unsafe library.function("lzma_stream_decoder", as: StreamDecoder.self),
            let aloneDecoder = unsafe library.function("lzma_alone_decoder", as: AloneDecoder.self),
            let code = unsafe library.function("lzma_code", as: Code.self),
            let end = unsafe library.function("lzma_end", as: End.self)
        else { return nil }
        unsafe self.easyEncoder = easyEncoder
        unsafe self.preset = preset
        unsafe self.aloneEncoder = aloneEncoder
        unsafe self.streamDecoder = streamDecoder
        unsafe self.aloneDecoder = aloneDecoder
        unsafe self.code = code
        unsafe self.end = end
    }

    /// - Throws: ``JoblibError`` if the library is missing.
    static func shared(for method: String) throws(JoblibError) -> Self {
        guard let loaded else { throw JoblibError.missingLibrary(.lzma, for: method) }
        return loaded
    }
}
