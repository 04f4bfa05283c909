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
        var sum = Checksum()
        return unsafe sum.finish(bytes)
    }

    private var lanes = (prime1 &+ prime2, prime2, UInt64(0), 0 &- prime1)
    /// How many bytes are in the lanes.
    private var count: UInt64 = 0

    /// How many bytes ``update(_:)`` takes at once: a multiple of so many.
    static let stripe = 32

    /// Adds bytes that are not the last ones.
    ///
    /// - Parameter bytes: A multiple of ``stripe``; what is more is left out.
    /// - Returns: How many were added.
    @inline(__always)
    @discardableResult
    mutating func update(_ bytes: UnsafeRawBufferPointer) -> Int {
        var place = 0
        var (a, b, c, d) = lanes
        let end = bytes.count - (Self.stripe - 1)
        while place < end {
            // Safe: 32 bytes are left.
            a = unsafe Self.round(a, Self.word(bytes, place))
            b = unsafe Self.round(b, Self.word(bytes, place + 8))
            c = unsafe Self.round(c, Self.word(bytes, place + 16))
            d = unsafe Self.round(d, Self.word(bytes, place + 24))
            place += Self.stripe
        }
        lanes = (a, b, c, d)
        count &+= UInt64(place)
        return place
    }

    /// The checksum of all that was added and of the last bytes.
    mutating func finish(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var place = unsafe update(bytes)
        let (a, b, c, d) = lanes
        var hash = Self.prime5
        if count > 0 {
            hash = Self.rotated(a, 1) &+ Self.rotated(b, 7) &+ Self.rotated(c, 12) &+ Self.rotated(d, 18)
            hash = Self.merged(Self.merged(Self.merged(Self.merged(hash, a), b), c), d)
        }
        hash &+= count &+ UInt64(bytes.count - place)
        while place + 8 <= bytes.count {
            // Safe: 8 bytes are left.
            hash = unsafe Self.rotated(hash ^ Self.round(0, Self.word(bytes, place)), 27) &* Self.prime1 &+ Self.prime4
            place += 8
        }
        if place + 4 <= bytes.count {
            // Safe: 4 bytes are left.
            let half = unsafe UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
            hash = Self.rotated(hash ^ UInt64(half) &* Self.prime1, 23) &* Self.prime2 &+ Self.prime3
            place += 4
        }
        while place < bytes.count {
            hash = unsafe Self.rotated(hash ^ UInt64(bytes[place]) &* Self.prime5, 11) &* Self.prime1
            place += 1
        }
        hash = (hash ^ hash >> 33) &* Self.prime2
        hash = (hash ^ hash >> 29) &* Self.prime3
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
