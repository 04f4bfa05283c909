/// Reads bytes one after the other. What does not lie inside reads as zero and sets ``isDamaged``, for good.
struct ByteReader {
    private let bytes: [UInt8]
    private(set) var position: Int
    /// Nothing from here on is read.
    let end: Int
    private(set) var isDamaged = false

    /// The part of `bytes` in `range`, or what exists of it.
    init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        position = min(max(range.lowerBound, 0), bytes.count)
        end = min(max(range.upperBound, position), bytes.count)
    }

    init(_ bytes: [UInt8]) { self.init(bytes, 0..<bytes.count) }

    var isAtEnd: Bool { isDamaged || position >= end }
    var remaining: Int { isDamaged ? 0 : end - position }

    mutating func skip(_ count: Int) {
        guard count >= 0, count <= remaining else { return fail() }
        position += count
    }

    mutating func fail() {
        isDamaged = true
        position = end
    }

    mutating func byte() -> UInt8 {
        guard position < end else {
            fail()
            return 0
        }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func integer<Value: FixedWidthInteger>(_: Value.Type = Value.self) -> Value {
        let width = MemoryLayout<Value>.size
        guard width <= remaining, let value: Value = bytes.integer(at: position) else {
            fail()
            return 0
        }
        position += width
        return value
    }

    /// An integer of 4 or 8 bytes, as the format of the unit says.
    mutating func offset(is64Bit: Bool) -> UInt64 {
        is64Bit ? integer() : UInt64(integer(UInt32.self))
    }

    /// Seven bits a byte, the lowest first (LEB128); bits beyond 64 are dropped.
    mutating func unsigned() -> UInt64 {
        var result: UInt64 = 0
        var shift: UInt64 = 0
        while !isDamaged {
            let byte = byte()
            if shift < 64 { result |= UInt64(byte & 0x7f) &<< shift }
            shift += 7
            if byte & 0x80 == 0 { break }
        }
        return result
    }

    mutating func signed() -> Int64 {
        var result: Int64 = 0
        var shift: Int64 = 0
        while !isDamaged {
            let byte = byte()
            if shift < 64 { result |= Int64(byte & 0x7f) &<< shift }
            shift += 7
            if byte & 0x80 == 0 {
                if byte & 0x40 != 0, shift < 64 { result |= -1 &<< shift }
                break
            }
        }
        return result
    }

    /// The bytes up to a zero, which is skipped.
    mutating func text() -> String {
        guard let zero = bytes[position..<end].firstIndex(of: 0) else {
            fail()
            return ""
        }
        defer { position = zero + 1 }
        return String(decoding: bytes[position..<zero], as: UTF8.self)
    }
}
