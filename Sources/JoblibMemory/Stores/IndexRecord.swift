/// One line of the journal in which a ``FileStore`` keeps its index.
///
/// ```
/// 0   XXH64 of what follows, lower half
/// 4   length of the record
/// 6   kind
/// 7   0
/// 8   time, nanoseconds since 1970
/// 16  the entry's size
/// 24  the key's digest
/// 56  the function
/// ```
struct IndexRecord {
    enum Kind: UInt8 {
        case put = 1
        case use
        case delete
        /// Of all entries of the function; of all functions if it has no name.
        case deleteAll
    }

    static let fixed = 56

    var kind: Kind
    var time: Int64
    var byteCount = 0
    var function: String
    var contents = ContentDigest.none

    func append(to bytes: inout [UInt8]) {
        let start = bytes.count
        bytes.appendInteger(UInt32(0))
        bytes.appendInteger(UInt16(clamping: Self.fixed + function.utf8.count))
        bytes.append(kind.rawValue)
        bytes.append(0)
        bytes.appendInteger(time)
        bytes.appendInteger(UInt64(clamping: byteCount))
        contents.append(to: &bytes)
        bytes.append(contentsOf: function.utf8)
        let sum = Self.checksum(bytes[(start + 4)...])
        bytes.replaceSubrange(start..<start + 4, with: sum)
    }

    private static func checksum(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        // Safe: the bytes are only read, while the slice holds them.
        let sum = unsafe bytes.withUnsafeBytes { unsafe Checksum.of($0) }
        var field: [UInt8] = []
        field.appendInteger(UInt32(truncatingIfNeeded: sum))
        return field
    }

    enum Reading {
        case record(IndexRecord, length: Int)
        /// The bytes end within a record: the rest may be on its way.
        case incomplete
        case damaged
    }

    /// The record that begins at a place.
    static func read(_ bytes: [UInt8], at start: Int) -> Reading {
        guard let length = bytes.integer(UInt16.self, at: start + 4) else { return .incomplete }
        guard length >= fixed else { return .damaged }
        guard bytes.count - start >= Int(length) else { return .incomplete }
        let end = start + Int(length)
        guard checksum(bytes[(start + 4)..<end]).elementsEqual(bytes[start..<start + 4]),
            let kind = Kind(rawValue: bytes[start + 6]), let time = bytes.integer(Int64.self, at: start + 8),
            let size = bytes.integer(UInt64.self, at: start + 16), let byteCount = Int(exactly: size),
            let contents = ContentDigest(bytes: bytes[(start + 24)..<(start + 56)])
        else { return .damaged }
        let record = IndexRecord(
            kind: kind,
            time: time,
            byteCount: byteCount,
            function: String(decoding: bytes[(start + fixed)..<end], as: UTF8.self),
            contents: contents
        )
        return .record(record, length: Int(length))
    }
}

extension ContentDigest {
    /// All zero, where there is nothing to stand for.
    static var none: ContentDigest { ContentDigest(words: (0, 0, 0, 0)) }
}

extension EntryIndex {
    /// Does what a record says.
    mutating func apply(_ record: IndexRecord) {
        let key = CacheKey(directory: record.function, contents: record.contents)
        switch record.kind {
        case .put: put(key, byteCount: record.byteCount, at: record.time)
        case .use: use(key, at: record.time)
        case .delete: remove(key)
        case .deleteAll: removeAll(of: record.function.isEmpty ? nil : record.function)
        }
    }

    /// The records that make this index out of an empty one.
    var records: [UInt8] {
        var bytes: [UInt8] = []
        for item in items {
            IndexRecord(
                kind: .put,
                time: Int64(item.lastUse),
                byteCount: item.byteCount,
                function: item.key.function,
                contents: item.key.contents
            ).append(to: &bytes)
        }
        return bytes
    }
}
