/// The first bytes of an entry: how long its parts are, when it was made, and what it is an entry of.
///
/// All numbers are little-endian. An entry is
///
/// ```
/// 0   "JLC1"
/// 4   reserved, 0
/// 8   length of all that is not arrays: this, the metadata, the value, the table and a checksum
/// 16  length of the whole entry
/// 24  when it was made, nanoseconds since 1970
/// 32  how long the call took, nanoseconds
/// 40  the key's digest, 32 bytes
/// 72  XXH64 of the name of the result's type
/// 80  length of the metadata
/// 88  length of the value
/// 96  number of arrays
/// 104 metadata, value: two messages of JoblibCoding
///     table: for each array its place, its length in bytes and the XXH64 of its bytes
///     XXH64 of all bytes up to here
///     arrays, each beginning at a multiple of 16 KiB, so that it can be mapped
/// ```
struct EntryHead {
    static let byteCount = 104
    static let mark: UInt32 = 0x3143_4c4a
    static let tableRow = 24
    static let checksum = 8
    /// Where an array may begin: a multiple of every usual page size.
    static let alignment = 16 << 10

    var headLength = 0
    var byteCount = 0
    var created: Int64
    var duration: UInt64
    var digest: ContentDigest
    var resultType: UInt64
    var metadataLength = 0
    var valueLength = 0
    var arrayCount = 0

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        bytes.appendInteger(Self.mark)
        bytes.appendInteger(UInt32(0))
        bytes.appendInteger(UInt64(headLength))
        bytes.appendInteger(UInt64(byteCount))
        bytes.appendInteger(created)
        bytes.appendInteger(duration)
        digest.append(to: &bytes)
        bytes.appendInteger(resultType)
        bytes.appendInteger(UInt64(metadataLength))
        bytes.appendInteger(UInt64(valueLength))
        bytes.appendInteger(UInt64(arrayCount))
        return bytes
    }
}

extension EntryHead {
    /// Reads the head from an entry's first bytes; throws when they are no head whose lengths fit together.
    init(_ bytes: [UInt8]) throws(EntryDamage) {
        guard bytes.integer(UInt32.self, at: 0) == Self.mark, bytes.integer(UInt32.self, at: 4) == 0,
            let created = bytes.integer(Int64.self, at: 24), let duration = bytes.integer(UInt64.self, at: 32),
            let resultType = bytes.integer(UInt64.self, at: 72), bytes.count >= Self.byteCount,
            let digest = ContentDigest(bytes: bytes[40..<72])
        else { throw EntryDamage("it does not begin as an entry does") }
        self.init(created: created, duration: duration, digest: digest, resultType: resultType)
        var lengths: [Int] = []
        for place in [8, 16, 80, 88, 96] {
            guard let length = bytes.integer(UInt64.self, at: place), length < 1 << 50 else {
                throw EntryDamage("a length in it is too large")
            }
            lengths.append(Int(length))
        }
        (headLength, byteCount, metadataLength) = (lengths[0], lengths[1], lengths[2])
        (valueLength, arrayCount) = (lengths[3], lengths[4])
        // No overflow: each is less than 2^50, and the rows are short.
        let expected =
            Self.byteCount + metadataLength + valueLength + arrayCount * Self.tableRow + Self.checksum
        guard headLength == expected, byteCount >= headLength, arrayCount > 0 || byteCount == headLength else {
            throw EntryDamage("its lengths do not fit together")
        }
    }

    var metadataStart: Int { Self.byteCount }
    var valueStart: Int { metadataStart + metadataLength }
    var tableStart: Int { valueStart + valueLength }
}

/// Why an entry cannot be used.
struct EntryDamage: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
