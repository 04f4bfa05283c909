extension Compression {
    /// The method that a file's extension stands for; nil if it stands for none.
    ///
    /// ```swift
    /// Compression(forFile: "model.joblib.gz")         // .gzip
    /// ```
    ///
    /// - Parameter path: The file's name; upper and lower case are one.
    public init?(forFile path: String) {
        guard let codec = CompressorRegistry.codec(forFile: path) else { return nil }
        self = .named(codec.name)
    }

    /// The method in which bytes are compressed, going by what they begin with; nil if that is none that is known.
    ///
    /// - Parameter start: At least the first 8 bytes, if there are so many.
    public init?(detecting start: [UInt8]) {
        guard let codec = CompressorRegistry.codec(detecting: start) else { return nil }
        self = .named(codec.name)
    }

    /// What compresses and decompresses by this method; nil for `.none`.
    ///
    /// - Throws: ``JoblibError`` if nobody registered a method of that name.
    package func codec() throws(JoblibError) -> (any CompressionCodec)? {
        guard let method else { return nil }
        return try CompressorRegistry.known(method)
    }
}
