internal import JoblibCoding
internal import JoblibParallel

/// The hash of a value's content: equal values have equal hashes, in any process and on any machine.
///
/// ```swift
/// let key = try hash(of: 1)        // "34f12ec581ba7f31f6acffd52009080f762766fa5c26f261c09b8354f333b036"
/// let same = try hash(of: ["a": 1, "b": 2]) == hash(of: ["b": 2, "a": 1])      // true
/// ```
///
/// What counts is what the value encodes, as its `Codable` conformance says:
///
/// * The order of dictionaries and sets does not matter, that of arrays does.
/// * `1`, `1.0`, `true` and `"1"` differ, and so do `Float` and `Double`. The width of an integer alone does not count
///   (`Int8(1)` is `1`), that of the numbers in an array does: `[Int8]` and `[Int]` have different bytes.
/// * Names of types do not count, so that a type can be renamed; two types that encode the same have the same hash.
///   A property that is nil counts as if it were not there.
/// * Strings are equal if their UTF-8 bytes are, numbers if their bits are: `0.0` and `-0.0` differ, and NaN equals
///   itself if its bits do.
///
/// It is SHA-256 of the package's canonical binary form; arrays of numbers are hashed where they lie, on all processors.
///
/// - Parameter value: Any encodable value.
/// - Returns: 64 hexadecimal digits.
/// - Throws: `JoblibError` (`.cannotHash`) when the value's `encode(to:)` throws; nothing else.
public func hash<Value: Encodable>(of value: Value) throws -> String {
    try ContentDigest.of(value).hex
}

extension ContentDigest {
    /// The digest of a value's canonical form.
    static func of<Value: Encodable>(_ value: Value) throws -> ContentDigest {
        let encoder = BinaryEncoder(canonical: true, arraySink: DigestingSink())
        do {
            // Safe: the bytes are hashed at once.
            return try unsafe encoder.withEncodedBytes(of: value) { unsafe TreeHash.digest($0) }
        } catch {
            throw JoblibError.cannotHash(cause: error)
        }
    }
}
