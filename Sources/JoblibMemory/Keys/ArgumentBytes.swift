internal import JoblibCoding
internal import JoblibParallel

/// What the digest of a call is made of: the function's name and version, and the arguments that count.
///
/// Every part begins with a byte that says what it is and ends where it says: two different calls never make the same
/// bytes. Numbers and texts, the most frequent arguments, are written without the encoder.
struct ArgumentBytes {
    private enum Kind: UInt8 {
        case argument = 1
        case encoded
        case digest
        case integer
        case double
        case float
        case boolean
        case string
    }

    /// Longer messages and texts are hashed on their own: on all processors, and without a copy.
    private static let longest = 4096

    private var bytes: [UInt8]

    /// The part that all calls of a function share.
    init(function: String, version: String) {
        bytes = Array("joblib call 1".utf8)
        for text in [function, version] {
            bytes.appendInteger(UInt64(text.utf8.count))
            bytes.append(contentsOf: text.utf8)
        }
        bytes.reserveCapacity(bytes.count + 64)
    }

    /// Adds an argument.
    mutating func append<T: Encodable>(_ value: T, at position: Int) throws {
        bytes.append(Kind.argument.rawValue)
        bytes.appendInteger(UInt16(truncatingIfNeeded: position))
        if T.self == Int.self {
            put(.integer, same(value, as: Int.self))
        } else if T.self == String.self {
            put(same(value, as: String.self))
        } else if T.self == Double.self {
            put(.double, same(value, as: Double.self).bitPattern)
        } else if T.self == Float.self {
            put(.float, same(value, as: Float.self).bitPattern)
        } else if T.self == Bool.self {
            put(.boolean, same(value, as: Bool.self) ? 1 as UInt8 : 0)
        } else {
            try putEncoded(value)
        }
    }

    var digest: ContentDigest {
        // Safe: the bytes are hashed at once.
        unsafe bytes.withUnsafeBytes { unsafe TreeHash.leafDigest($0) }
    }

    private mutating func put<T: FixedWidthInteger & BitwiseCopyable>(_ kind: Kind, _ value: T) {
        bytes.append(kind.rawValue)
        bytes.appendInteger(value)
    }

    private mutating func put(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            // Safe: the bytes are copied or hashed while the string holds them.
            unsafe put(.string, UnsafeRawBufferPointer(utf8))
        }
    }

    private mutating func putEncoded<T: Encodable>(_ value: T) throws {
        let encoder = BinaryEncoder(canonical: true, arraySink: DigestingSink())
        // Safe: the bytes are copied or hashed at once.
        try unsafe encoder.withEncodedBytes(of: value) { unsafe put(.encoded, $0) }
    }

    private mutating func put(_ kind: Kind, _ content: UnsafeRawBufferPointer) {
        if content.count > Self.longest {
            bytes.append(Kind.digest.rawValue)
            bytes.append(kind.rawValue)
            unsafe TreeHash.digest(content).append(to: &bytes)
        } else {
            bytes.append(kind.rawValue)
            bytes.appendInteger(UInt32(truncatingIfNeeded: content.count))
            unsafe bytes.append(contentsOf: content)
        }
    }

    @inline(__always)
    private func same<A, B>(_ value: A, as type: B.Type) -> B {
        precondition(A.self == B.self, "only for the same type")
        // Safe: the two types are one.
        return unsafe unsafeBitCast(value, to: B.self)
    }
}
