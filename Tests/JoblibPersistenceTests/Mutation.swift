import Testing

@testable import JoblibPersistence

/// Damage to files, the same in every run.
enum Mutation {
    #if DEBUG
    static let rounds = 2000
    #else
    static let rounds = 20_000
    #endif

    /// `bytes` with a few changes, most of them among the first `within` or the last ones.
    static func damage(_ bytes: [UInt8], within: Int = .max, _ generator: inout Generator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            var place = Int.random(in: 0..<bytes.count, using: &generator)
            if generator.next() % 4 != 0 { place = Int.random(in: 0..<min(bytes.count, within), using: &generator) }
            switch generator.next() % 6 {
            case 0: bytes[place] ^= 1 << UInt8(generator.next() % 8)
            case 1: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
            case 2: bytes[place] = [0, 0xff, 0x7f, 0x80, 0x39, 0x28, 0x27, 0x2d][Int(generator.next() % 8)]
            case 3: bytes.insert(UInt8(truncatingIfNeeded: generator.next()), at: place)
            case 4: bytes.remove(at: place)
            default: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &generator))
            }
        }
        return bytes
    }

    /// Runs `body`; whatever it reads, the outcome is a value or an error that says why.
    static func attempt(_ body: () throws -> Void) {
        do {
            try body()
        } catch let error as JoblibError {
            if error.message.isEmpty { Issue.record("an error without words: \(error.code)") }
        } catch {
            Issue.record("not a JoblibError: \(error)")
        }
    }
}
