extension EntryReader {
    /// Long arrays are read in pieces of this size: a multiple of ``Checksum/stripe``.
    private static let piece = 1 << 20

    /// Checks what the initialiser has not looked at: the arrays, and that the metadata can be read.
    ///
    /// - Throws: ``EntryDamage``, or the store's error when the entry cannot be read.
    func check() throws {
        _ = try metadata()
        var buffer = [UInt8](repeating: 0, count: rows.isEmpty ? 0 : Self.piece)
        for row in rows {
            guard row.place <= head.byteCount, row.byteCount <= head.byteCount - row.place else {
                throw EntryDamage("it ends before its arrays do")
            }
            // Safe: the buffer lives during the call, and is written before it is read.
            let sum = try unsafe buffer.withUnsafeMutableBytes { try unsafe checksum(of: row, $0) }
            guard sum == row.checksum else { throw EntryDamage("the checksum of an array is wrong") }
        }
    }

    private func checksum(of row: EntryArrays.Row, _ buffer: UnsafeMutableRawBufferPointer) throws -> UInt64 {
        var sum = Checksum()
        var done = 0
        while true {
            let count = min(row.byteCount - done, buffer.count)
            let part = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
            guard try unsafe entry.read(at: row.place + done, into: part) else {
                throw EntryDamage("it ends before its arrays do")
            }
            done += count
            if done == row.byteCount { return unsafe sum.finish(UnsafeRawBufferPointer(part)) }
            unsafe sum.update(UnsafeRawBufferPointer(part))
        }
    }
}
