/// Where the functions of an image begin: the binary search table that the linker makes for unwinding.
///
/// It is in memory with the code and stays when a program is stripped. Its form is in the Linux Standard Base, "Exception
/// Frames", section .eh_frame_hdr.
@safe
struct FunctionStarts: Sendable {
    /// Pairs of 32-bit distances from the table's beginning: to a function, to its unwinding rules.
    // Part of an image, which is only read; it is never unmapped while its functions are of interest.
    private nonisolated(unsafe) let entries: UnsafeRawPointer
    private let count: Int
    private let base: UInt64

    /// Nil when there is no table, or one of another form.
    ///
    /// - Parameters:
    ///   - table: Where the section begins.
    ///   - size: Its size in bytes, all of which can be read.
    init?(table: UInt64, size: UInt64) {
        guard size >= 12, table % 4 == 0, let start = unsafe UnsafeRawPointer(bitPattern: UInt(table)) else {
            return nil
        }
        // Safe: the linker says that the section is there, and all that is read lies within its size.
        let head = unsafe start.load(as: UInt32.self)
        // Version 1; a 32-bit distance to .eh_frame; a 32-bit count; distances from this section's beginning.
        guard head & 0xff == 1, head >> 8 & 0xff == 0x1b, head >> 16 & 0xff == 0x03, head >> 24 == 0x3b else {
            return nil
        }
        let count = unsafe start.load(fromByteOffset: 8, as: UInt32.self)
        guard count > 0, (size - 12) / 8 >= UInt64(count) else { return nil }
        unsafe entries = start + 12
        self.count = Int(count)
        base = table
    }

    func contains(_ address: UInt64) -> Bool {
        let distance = Int64(bitPattern: address &- base)
        guard let wanted = Int32(exactly: distance) else { return false }
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            // Safe: an entry of the table.
            let start = unsafe entries.load(fromByteOffset: middle * 8, as: Int32.self)
            if start == wanted { return true }
            if start < wanted { low = middle + 1 } else { high = middle }
        }
        return false
    }
}
