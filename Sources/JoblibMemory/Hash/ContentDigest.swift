internal import Crypto

/// 256 bits that stand for some bytes: equal for equal bytes, different for all others anybody will ever meet.
package struct ContentDigest: Sendable {
    // Four words rather than an array: a key is made for every call of a cached function.
    let words: (UInt64, UInt64, UInt64, UInt64)

    static let byteCount = 32

    init(words: (UInt64, UInt64, UInt64, UInt64)) {
        self.words = words
    }

    init(_ digest: SHA256.Digest) {
        // Safe: a digest has 32 bytes.
        words = unsafe digest.withUnsafeBytes { bytes in
            unsafe (
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self))
            )
        }
    }

    /// The digest whose bytes these are; nil unless there are 32.
    init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        var words: [UInt64] = [0, 0, 0, 0]
        for (place, byte) in bytes.enumerated() { words[place / 8] = words[place / 8] << 8 | UInt64(byte) }
        self.words = (words[0], words[1], words[2], words[3])
    }

    /// The digest that ``hex`` wrote; nil for any other text.
    package init?(hex: some StringProtocol) {
        let digits = Array(hex.utf8)
        guard digits.count == 2 * Self.byteCount else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        for place in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Self.value(of: digits[place]), let low = Self.value(of: digits[place + 1]) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        self.init(bytes: bytes)
    }

    // Lower case only: each digest has one text, and one file name.
    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        append(to: &bytes)
        return bytes
    }

    func append(to bytes: inout [UInt8]) {
        for word in [words.0, words.1, words.2, words.3] {
            for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
        }
    }

    /// 64 digits, as `sha256sum` writes them.
    package var hex: String {
        let digits: StaticString = "0123456789abcdef"
        // Safe: 64 bytes of ASCII are written into room for as many; the digits' places are 0 to 15.
        return unsafe String(unsafeUninitializedCapacity: 64) { buffer in
            var place = 0
            for word in [words.0, words.1, words.2, words.3] {
                for shift in stride(from: 60, through: 0, by: -4) {
                    unsafe buffer[place] = digits.utf8Start[Int(word >> shift & 15)]
                    place += 1
                }
            }
            return place
        }
    }
}

extension ContentDigest: Hashable {
    package static func == (first: Self, second: Self) -> Bool {
        first.words.0 == second.words.0 && first.words.1 == second.words.1 && first.words.2 == second.words.2
            && first.words.3 == second.words.3
    }

    package func hash(into hasher: inout Hasher) {
        // The bits of a digest are spread evenly already.
        hasher.combine(words.0)
    }
}
