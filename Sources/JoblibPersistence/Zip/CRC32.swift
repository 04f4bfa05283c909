/// The checksum of zip archives (ISO 3309, reflected polynomial 0xEDB88320).
package struct CRC32 {
    /// Table 0 takes one byte; table k takes a byte that k more bytes follow. So eight bytes need no step in between.
    private static let tables: [[UInt32]] = {
        let polynomial: UInt32 = 0xedb8_8320
        var first = [UInt32](0..<256)
        for index in first.indices {
            for _ in 0..<8 {
                let isOdd = first[index] & 1 == 1
                first[index] >>= 1
                if isOdd { first[index] ^= polynomial }
            }
        }
        var tables = [first]
        for _ in 1..<8 {
            let last = tables[tables.count - 1]
            tables.append(last.map { value in first[Int(value & 0xff)] ^ (value >> 8) })
        }
        return tables
    }()

    private static let flat = tables.flatMap { $0 }

    private var state: UInt32 = 0xffff_ffff

    package init() {}

    /// The checksum of all bytes so far.
    package var value: UInt32 { ~state }

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        var state = state
        // Safe: indices of the table are at most 7 * 256 + 255; words are loaded within the buffer.
        unsafe Self.flat.withUnsafeBufferPointer { table in
            var place = 0
            while place + 8 <= bytes.count {
                let word = unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
                let mixed = word ^ UInt64(state)
                var next: UInt32 = 0
                for index in 0..<8 {
                    let byte = Int(truncatingIfNeeded: mixed >> UInt64(8 * index) & 0xff)
                    unsafe next ^= table[(7 - index) * 256 + byte]
                }
                state = next
                place += 8
            }
            while place < bytes.count {
                unsafe state = table[Int(truncatingIfNeeded: (state ^ UInt32(bytes[place])) & 0xff)] ^ state >> 8
                place += 1
            }
        }
        self.state = state
    }
}
