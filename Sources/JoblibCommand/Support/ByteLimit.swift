import ArgumentParser
internal import Joblib

/// A size on the command line: `500M`, `1.5G`, `2T`, `4096`; powers of 1024 whatever the letters are.
struct ByteLimit: ExpressibleByArgument, Sendable, Hashable {
    var bytes: Int

    init?(argument: String) {
        var digits = argument.uppercased()
        if digits.hasSuffix("IB") { digits.removeLast(2) } else if digits.hasSuffix("B") { digits.removeLast() }
        let units: [Character: Double] = ["K": 0x1p10, "M": 0x1p20, "G": 0x1p30, "T": 0x1p40]
        var unit = 1.0
        if let last = digits.last, let known = units[last] {
            unit = known
            digits.removeLast()
        }
        while digits.last == " " { digits.removeLast() }
        guard let count = PlainNumber.read(digits), let bytes = Int(exactly: (count * unit).rounded(.down)) else {
            return nil
        }
        self.bytes = bytes
    }

    var defaultValueDescription: String { SizeText.bytes(bytes) }
}

/// A time on the command line: `90s`, `30m`, `12h`, `7d`, `2w`, and several such parts, `1d12h`.
struct AgeLimit: ExpressibleByArgument, Sendable, Hashable {
    var age: Duration

    init?(argument: String) {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
        var seconds = 0.0
        var digits = ""
        for character in argument.lowercased() {
            guard let unit = units[character] else {
                digits.append(character)
                continue
            }
            guard let count = PlainNumber.read(digits) else { return nil }
            seconds += count * unit
            digits = ""
        }
        // A number alone could mean anything. As long as nanoseconds can be counted in 64 bits.
        guard digits.isEmpty, !argument.isEmpty, seconds < 9e9 else { return nil }
        age = .seconds(seconds)
    }
}

/// Numbers as people type them: digits and at most one point; neither signs, nor exponents, nor `nan`.
enum PlainNumber {
    static func read(_ text: String) -> Double? {
        let isPlain = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
        return isPlain && text.utf8.contains { $0 != UInt8(ascii: ".") } ? Double(text) : nil
    }
}
