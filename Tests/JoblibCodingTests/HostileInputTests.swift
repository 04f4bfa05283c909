import Foundation
import Testing

@testable import JoblibCoding

@Suite("Damaged and hostile bytes")
struct HostileInputTests {
    /// Reads `bytes`; whatever they are, the outcome is a value or a failure that says why.
    private func attempt<T: Codable>(_ type: T.Type, _ bytes: [UInt8]) {
        do {
            _ = try BinaryDecoder().decode(type, from: bytes)
        } catch let failure as CodingFailure {
            if failure.reason.isEmpty { Issue.record("a failure without a reason: \(failure)") }
        } catch {
            Issue.record("not a CodingFailure: \(error)")
        }
    }

    @Test("a message that ends too early is an error, wherever it ends")
    func truncated() throws {
        var generator = Generator(seed: 2)
        let bytes = try BinaryEncoder().encode(Zoo.random(&generator))
        for count in bytes.indices {
            #expect(throws: CodingFailure.self) { try BinaryDecoder().decode(Zoo.self, from: Array(bytes[..<count])) }
        }
        #expect(throws: CodingFailure.self) { try BinaryDecoder().decode(Zoo.self, from: bytes + [0]) }
    }

    @Test("100,000 damaged messages give a value or an error, never a crash")
    func mutated() throws {
        var generator = Generator(seed: 3)
        let messages = try (0..<40).map { number in
            try BinaryEncoder(canonical: number % 4 == 0).encode(Zoo.random(&generator))
        }
        for number in 0..<100_000 {
            var bytes = messages[number % messages.count]
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch generator.next() % 5 {
                case 0: bytes[place] ^= 1 << UInt8(generator.next() % 8)
                case 1: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
                case 2: bytes[place] = [0xff, 0xd4, 0xd5, 0xe3, 0xe4, 0xd7, 0xd0, 0][Int(generator.next() % 8)]
                case 3: bytes.insert(UInt8(truncatingIfNeeded: generator.next()), at: place)
                default: if bytes.count > 9 { bytes.remove(at: place) }
                }
            }
            // Most damage is to be found by the values, not by the header.
            if bytes.count > 8, number % 8 != 0 { repairHeader(&bytes, messages[number % messages.count]) }
            attempt(Zoo.self, bytes)
        }
    }

    /// Makes the body's length right again if the message grew or shrank.
    private func repairHeader(_ bytes: inout [UInt8], _ original: [UInt8]) {
        var body = 0
        for place in (2..<8).reversed() { body = body << 8 | Int(original[place]) }
        body = max(0, body + bytes.count - original.count)
        for place in 0..<8 { bytes[place] = original[place] }
        for place in 2..<8 {
            bytes[place] = UInt8(truncatingIfNeeded: body)
            body >>= 8
        }
    }

    @Test("random bytes behind a good header")
    func random() {
        var generator = Generator(seed: 4)
        for _ in 0..<20_000 {
            let count = Int.random(in: 0..<80, using: &generator)
            let body = (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            let bytes = message(body, keys: ["integers", "children", "name", "super"])
            attempt(Zoo.self, bytes)
            attempt(Zoo.Tree.self, bytes)
            attempt([Zoo.Event].self, bytes)
            attempt([String: [Int???]].self, bytes)
            attempt(Decimal.self, bytes)
        }
    }

    private func message(_ body: [UInt8], keys: [String] = []) -> [UInt8] {
        var bytes: [UInt8] = [0xb1, 0] + (0..<6).map { UInt8(truncatingIfNeeded: body.count >> (8 * $0)) } + body
        bytes.append(UInt8(keys.count))
        for key in keys { bytes += [UInt8(key.utf8.count)] + Array(key.utf8) }
        return bytes
    }

    @Test("lengths that are not there are refused before anything is allocated")
    func lengths() {
        let most: [UInt8] = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]
        attempt(String.self, message([0xe2] + most))
        attempt([Double].self, message([0xe3, 10] + most + [0]))
        attempt([SIMD64<Double>].self, message([0xe3, 0xca] + most + [0]))
        attempt([String].self, message([0xd5, 0xff, 0xff, 0xff, 0xff]))
        attempt([String: Int].self, message([0xd4, 1] + most))
        #expect(throws: CodingFailure.self) {
            try BinaryDecoder().decode([Int].self, from: message([0xe3, 4, 0xff, 0xff, 3, 0]))
        }
    }

    @Test("deep nesting is refused")
    func deep() throws {
        indirect enum Nest: Codable {
            case end
            case next(Nest)
        }
        var nest = Nest.end
        for _ in 0..<1000 { nest = .next(nest) }
        let failure = #expect(throws: CodingFailure.self) { try BinaryEncoder().encode(nest) }
        #expect(failure?.kind == .overLimit)
        attempt([[Int]].self, message([UInt8](repeating: 0xd7, count: 100_000)))
        attempt(Zoo.self, message((0..<100_000).flatMap { _ in [UInt8]([0xd5, 1, 0, 0, 0]) }))
        attempt(Int???.self, message([0xd7, 0xd7, 0xd7, 0xd7, 1]))
    }

    @Test("invalid UTF-8 is refused")
    func invalidText() {
        #expect(throws: CodingFailure.self) {
            try BinaryDecoder().decode(String.self, from: message([0x82, 0xc3, 0x28]))
        }
    }

    @Test("a Boolean of an array that is neither true nor false is refused")
    func invalidBool() {
        #expect(throws: CodingFailure.self) {
            try BinaryDecoder().decode([Bool].self, from: message([0xe3, 0, 1, 0, 2]))
        }
    }

    @Test("limits hold on both sides")
    func limits() throws {
        let limits = CodingLimits(bytes: 1000)
        let value = [Double](repeating: 1, count: 1000)
        let failure = #expect(throws: CodingFailure.self) { try BinaryEncoder(limits: limits).encode(value) }
        #expect(failure?.kind == .overLimit)
        let bytes = try BinaryEncoder().encode(value)
        let refused = #expect(throws: CodingFailure.self) {
            try BinaryDecoder(limits: limits).decode([Double].self, from: bytes)
        }
        #expect(refused?.kind == .overLimit)
    }

    @Test("a message of another version is refused by name")
    func version() {
        let failure = #expect(throws: CodingFailure.self) {
            try BinaryDecoder().decode(Int.self, from: [0xb2, 0, 1, 0, 0, 0, 0, 0, 1, 0])
        }
        #expect(failure?.kind == .unsupportedVersion)
    }
}
