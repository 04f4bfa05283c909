internal import JoblibCoding

/// Puts an array's digest in the place of a long array, so that hashing a value copies none of its long arrays.
final class DigestingSink: ArraySink {
    /// Shorter arrays are copied into the message: part of what a hash is, so never to be changed.
    static let threshold = 4096

    var threshold: Int { Self.threshold }

    func take<Element: RawElement>(_ array: [Element]) throws -> ArrayHandle? {
        // Safe: the bytes are only read, while the array holds them; numbers have no padding.
        unsafe array.withUnsafeBytes { unsafe ArrayHandle(bytes: TreeHash.digest($0).bytes) }
    }
}
