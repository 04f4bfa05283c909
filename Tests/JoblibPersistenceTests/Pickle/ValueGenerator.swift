@testable import JoblibPersistence

/// Random values of every kind a joblib file can hold.
struct ValueGenerator {
    private var random: Generator

    init(seed: UInt64) { random = Generator(seed: seed) }

    mutating func value(depth: Int = 0) -> JoblibValue {
        switch Int.random(in: 0..<(depth > 4 ? 9 : 15), using: &random) {
        case 0: return .none
        case 1: return .bool(.random(using: &random))
        case 2, 3: return .int(integer())
        case 4: return bigInteger()
        case 5: return .float(Double(bitPattern: .random(in: 0...0x7fe0_0000_0000_0000, using: &random)))
        case 6: return .complex(real: .random(in: -1...1, using: &random), imaginary: 2)
        case 7: return .string(text())
        case 8: return .bytes((0..<length()).map { _ in .random(in: 0...255, using: &random) })
        case 9, 10: return .list(values(depth))
        case 11: return .tuple(values(depth))
        case 12: return .set(Set((0..<count()).map { _ in key() }))
        case 13: return .array(array())
        default:
            let values = values(depth)
            return .dictionary(JoblibDictionary(values.map { (key: key(), value: $0) }))
        }
    }

    /// Seldom more than a batch of a thousand.
    private mutating func count() -> Int {
        Int.random(in: 0..<40, using: &random) == 0 ? 2100 : .random(in: 0..<5, using: &random)
    }

    /// Seldom more than a frame.
    private mutating func length() -> Int {
        let isLong = Int.random(in: 0..<300, using: &random) == 0
        return isLong ? .random(in: 65_000...66_000, using: &random) : .random(in: 0..<20, using: &random)
    }

    private mutating func values(_ depth: Int) -> [JoblibValue] {
        // Wide or deep, never both.
        let count = count()
        return (0..<count).map { _ in value(depth: count > 10 ? 9 : depth + 2) }
    }

    private mutating func integer() -> Int {
        let bits = Int.random(in: 0..<64, using: &random)
        return Int.random(in: .min ... .max, using: &random) >> bits
    }

    private mutating func bigInteger() -> JoblibValue {
        let count = Int.random(in: 9..<400, using: &random)
        var bytes: [UInt8] = (0..<count).map { _ in .random(in: 0...255, using: &random) }
        bytes[count - 1] = [0x12, 0x80, 0x7f, 0xfe].randomElement(using: &random)!
        return .bigInteger(BigInteger(twosComplement: bytes))
    }

    private mutating func text() -> String {
        let scalars: [Unicode.Scalar] = ["a", "Z", "\0", "\n", "ü", "世", "🌍", "\u{301}"]
        var text = ""
        for _ in 0..<length() { text.unicodeScalars.append(scalars.randomElement(using: &random)!) }
        return text
    }

    private mutating func key() -> JoblibValue {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return .int(integer())
        case 1: return .none
        case 2: return .float(0.5)
        case 3: return .tuple([.int(integer()), .string(text())])
        case 4: return .bytes([1, 2])
        case 5: return .set([.int(integer())])
        default: return .string(text())
        }
    }

    mutating func array() -> JoblibArray {
        let shape = (0..<Int.random(in: 0..<4, using: &random)).map { _ in Int.random(in: 0..<9, using: &random) }
        let count = shape.reduce(1, *)
        func array<Element: NumPyElement>(_ make: () -> Element) -> JoblibArray {
            JoblibArray(try! NDArray(shape: shape, elements: (0..<count).map { _ in make() }))
        }
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return array { Bool.random(using: &random) }
        case 1: return array { Int8.random(in: .min ... .max, using: &random) }
        case 2: return array { UInt16.random(in: .min ... .max, using: &random) }
        case 3: return array { Int.random(in: .min ... .max, using: &random) }
        case 4: return array { UInt64.random(in: .min ... .max, using: &random) }
        case 5: return array { Float16.random(in: -1...1, using: &random) }
        case 6: return array { Float.random(in: -1...1, using: &random) }
        default: return array { Double.random(in: -1...1, using: &random) }
        }
    }
}
