/// XXH64 with seed 0: a fast checksum against damage, not against forgery.
///
/// As specified in "xxHash fast digest algorithm", section "XXH64 algorithm description", by Yann Collet.
struct Checksum {
    private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
    private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
    private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
    private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

    static func of(_ bytes: [UInt8]) -> UInt64 {
        // Safe: the array holds the bytes during the call.
        unsafe bytes.withUnsafeBytes { unsafe of($0) }
    }

    static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var place = 0
        var hash: UInt64
        if bytes.count >= 32 {
            var (a, b, c, d) = (prime1 &+ prime2, prime2, UInt64(0), 0 &- prime1)
            let end = bytes.count - 31
            while place < end {
                // Safe: 32 bytes are left.
                a = unsafe round(a, word(bytes, place))
                b = unsafe round(b, word(bytes, place + 8))
                c = unsafe round(c, word(bytes, place + 16))
                d = unsafe round(d, word(bytes, place + 24))
                place += 32
            }
            hash = rotated(a, 1) &+ rotated(b, 7) &+ rotated(c, 12) &+ rotated(d, 18)
            hash = merged(merged(merged(merged(hash, a), b), c), d)
        } else {
            hash = prime5
        }
        hash &+= UInt64(bytes.count)
        while place + 8 <= bytes.count {
            // Safe: 8 bytes are left.
            hash = unsafe rotated(hash ^ round(0, word(bytes, place)), 27) &* prime1 &+ prime4
            place += 8
        }
        if place + 4 <= bytes.count {
            // Safe: 4 bytes are left.
            let half = unsafe UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
            hash = rotated(hash ^ UInt64(half) &* prime1, 23) &* prime2 &+ prime3
            place += 4
        }
        while place < bytes.count {
            hash = unsafe rotated(hash ^ UInt64(bytes[place]) &* prime5, 11) &* prime1
            place += 1
        }
        hash = (hash ^ hash >> 33) &* prime2
        hash = (hash ^ hash >> 29) &* prime3
        return hash ^ hash >> 32
    }

    @inline(__always)
    private static func word(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt64 {
        unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }

    @inline(__always)
    private static func rotated(_ value: UInt64, _ count: UInt64) -> UInt64 {
        value &<< count | value &>> (64 &- count)
    }

    @inline(__always)
    private static func round(_ sum: UInt64, _ input: UInt64) -> UInt64 {
        rotated(sum &+ input &* prime2, 31) &* prime1
    }

    @inline(__always)
    private static func merged(_ hash: UInt64, _ sum: UInt64) -> UInt64 {
        (hash ^ round(0, sum)) &* prime1 &+ prime4
    }
}
