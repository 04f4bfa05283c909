internal import JoblibCoding

/// Makes entries of results.
enum EntryComposer {
    /// The entry for a value.
    ///
    /// - Parameters:
    ///   - head: All but its lengths.
    ///   - metadata: What a person wants to know of the entry.
    /// - Throws: `CodingFailure` when the value cannot be encoded.
    static func compose<Value: Encodable>(
        _ value: Value,
        head: EntryHead,
        metadata: EntryMetadata
    ) throws -> EntryContent {
        var head = head
        var bytes = head.bytes
        // Safe: the bytes are copied at once.
        try unsafe BinaryEncoder().withEncodedBytes(of: metadata) { unsafe bytes.append(contentsOf: $0) }
        head.metadataLength = bytes.count - EntryHead.byteCount
        let collector = ArrayCollector()
        let encoder = BinaryEncoder(arraySink: collector)
        // Safe: as above.
        try unsafe encoder.withEncodedBytes(of: value) { unsafe bytes.append(contentsOf: $0) }
        head.valueLength = bytes.count - head.valueStart
        var arrays = collector.arrays
        head.arrayCount = arrays.count
        head.headLength = bytes.count + arrays.count * EntryHead.tableRow + EntryHead.checksum
        var end = head.headLength
        for index in arrays.indices {
            arrays[index].place = (end + EntryHead.alignment - 1) / EntryHead.alignment * EntryHead.alignment
            end = arrays[index].place + arrays[index].byteCount
            bytes.appendInteger(UInt64(arrays[index].place))
            bytes.appendInteger(UInt64(arrays[index].byteCount))
            unsafe bytes.appendInteger(arrays[index].withBytes { unsafe Checksum.of($0) })
        }
        head.byteCount = end
        bytes.replaceSubrange(..<EntryHead.byteCount, with: head.bytes)
        bytes.appendInteger(Checksum.of(bytes))
        return EntryContent(head: bytes, arrays: arrays, byteCount: end)
    }
}
