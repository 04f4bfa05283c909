internal import JoblibSystem

/// Writes a value to a file that ``load(_:from:mapped:)`` and Python's `joblib.load` read.
///
/// ```swift
/// struct Model: Codable {
///     var name: String
///     var weights: [Double]
/// }
/// try dump(model, to: "model.joblib")                                 // as it is: can be mapped
/// try dump(model, to: "model.joblib.gz")                              // gzip, by the extension
/// try dump(model, to: "model.joblib", compression: .zlib(level: 9))
/// ```
///
/// In Python, `joblib.load("model.joblib")["weights"]` is a NumPy array. Structs and dictionaries with keys of type
/// `String` or `Int` are dictionaries there; arrays of numbers or truth values are NumPy arrays of one dimension, an
/// ``NDArray`` one of any number; other arrays are lists, `Data` is bytes, and `nil` is None. For a tuple, a set or a
/// complex number, write a ``JoblibValue``.
///
/// The file appears under its name when it is complete: until then, and if writing fails, what was there before stays.
/// A file that is replaced hands its permissions on. Large arrays are written from where they are, without a copy.
///
/// - Parameters:
///   - value: What to write.
///   - path: The file to make or replace, in a folder that exists. `/dev/stdout` and other pipes are written to.
///   - compression: How to compress; by default as the extension says (`.z`, `.gz`, `.bz2`, `.xz`, `.lzma`, `.lz4`, `.zst`), and
///     not at all for others.
/// - Throws: ``JoblibError``: `.cannotWriteFile` when the system refuses or the disk is full, `.unsupportedType` when the
///   value's own `encode(to:)` throws or Python has no such value, `.invalidArgument` for a level that the method does not
///   have, `.missingLibrary` when the method's library is not installed. Never for a file that exists already.
public func dump<T: Encodable>(
    _ value: T,
    to path: String,
    compression: Compression = .byExtension
) throws {
    do {
        let compression = compression.resolved(for: path)
        let codec = try compression.codec()
        let contents = try ValueEncoder.value(value)
        try FileOutput.stream(to: path) { file in
            guard let codec else {
                var writer = PickleWriter(file, allowsMapping: true)
                return try writer.write(contents)
            }
            let subject = JoblibError.quoted(path)
            // Safe: the file takes the bytes during the call.
            let compressor = unsafe try CompressedWriter(codec, level: compression.level, subject: subject) {
                try unsafe file.write($0)
            }
            var writer = PickleWriter(compressor, allowsMapping: false)
            try writer.write(contents)
            try compressor.finish()
        }
    } catch {
        throw JoblibError.cannotDump(path, cause: error)
    }
}
