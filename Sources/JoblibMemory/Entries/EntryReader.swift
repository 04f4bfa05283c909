internal import JoblibCoding

/// An entry that has been looked at: its head, metadata and value are what was stored.
struct EntryReader {
    /// What one read brings; most entries are shorter.
    private static let firstRead = 4096

    let head: EntryHead
    private let bytes: [UInt8]
    let entry: StoredEntry

    /// Reads the head, and checks everything but the arrays.
    ///
    /// - Throws: ``EntryDamage``, or the store's error when it cannot be read.
    init(_ entry: StoredEntry, of digest: ContentDigest?) throws {
        var bytes = try entry.prefix(Self.firstRead)
        let head = try EntryHead(bytes)
        if bytes.count == Self.firstRead || head.byteCount != bytes.count {
            // Before a length is believed.
            guard try entry.size() == head.byteCount else { throw EntryDamage("it is not as long as it should be") }
        }
        if head.headLength > bytes.count {
            bytes = try entry.prefix(head.headLength)
        } else if head.headLength < bytes.count {
            bytes.removeLast(bytes.count - head.headLength)
        }
        let checked = head.headLength - EntryHead.checksum
        // Safe: the bytes are only read, while the array holds them.
        let checksum = unsafe bytes.withUnsafeBytes { bytes in
            unsafe Checksum.of(UnsafeRawBufferPointer(rebasing: bytes.prefix(checked)))
        }
        guard bytes.count == head.headLength, bytes.integer(UInt64.self, at: checked) == checksum else {
            throw EntryDamage("its checksum is wrong")
        }
        if let digest, digest != head.digest { throw EntryDamage("it is the entry of another call") }
        self.head = head
        self.bytes = bytes
        self.entry = entry
    }

    /// What the entry tells about itself.
    func metadata() throws -> EntryMetadata {
        try decode(EntryMetadata.self, in: head.metadataStart..<head.valueStart, decoder: BinaryDecoder())
    }

    /// The stored value.
    ///
    /// - Parameter mapped: Arrays are the file's pages, which are not read here, and so not checked.
    /// - Throws: ``EntryDamage``.
    func value<Value: Decodable>(_ type: Value.Type, mapped: Bool) throws -> Value {
        var decoder = BinaryDecoder()
        if head.arrayCount > 0 { decoder.arraySource = EntryArrays(entry, rows: rows, mapped: mapped) }
        return try decode(type, in: head.valueStart..<head.tableStart, decoder: decoder)
    }

    private func decode<Value: Decodable>(
        _ type: Value.Type,
        in range: Range<Int>,
        decoder: BinaryDecoder
    ) throws -> Value {
        do {
            // Safe: the range lies within the bytes, as the head has been checked to say.
            return try unsafe bytes.withUnsafeBytes {
                try unsafe decoder.decode(type, from: UnsafeRawBufferPointer(rebasing: $0[range]))
            }
        } catch let failure as CodingFailure {
            throw EntryDamage((failure.underlying as? EntryDamage)?.description ?? "\(failure)")
        }
    }

    var rows: [EntryArrays.Row] {
        (0..<head.arrayCount).map { index in
            let start = head.tableStart + index * EntryHead.tableRow
            return EntryArrays.Row(
                place: Int(clamping: bytes.integer(UInt64.self, at: start) ?? 0),
                byteCount: Int(clamping: bytes.integer(UInt64.self, at: start + 8) ?? 0),
                checksum: bytes.integer(UInt64.self, at: start + 16) ?? 0
            )
        }
    }
}
