import Joblib
import JoblibCoding
import Testing

/// A transport of a user's own: what another one makes, with each byte changed.
struct MaskingTransport: Transport, Codable {
    var mask: UInt8

    func encode<T: Encodable>(_ value: T) throws -> [UInt8] {
        try JSONTransport().encode(value).map { $0 ^ mask }
    }

    func decode<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) throws -> T {
        try JSONTransport().decode(type, from: bytes.map { $0 ^ mask })
    }
}

/// One that workers can't be told of.
struct HomelyTransport: Transport {
    func encode<T: Encodable>(_ value: T) throws -> [UInt8] { try JSONTransport().encode(value) }
    func decode<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) throws -> T {
        try JSONTransport().decode(type, from: bytes)
    }
}

@Suite("Transports of worker processes", .timeLimit(.minutes(10)), .startsWorkers)
struct ProcessTransportTests {
    static let transports: [any Transport] = [.binary, .json, MaskingTransport(mask: 0xA5)]

    @Test("All kinds of values travel with any transport", arguments: transports.indices)
    func values(_ number: Int) throws {
        let parallel = Parallel(jobs: 2, backend: .processes(transport: Self.transports[number]))
        let samples = (0..<20).map { Sample(name: "n\($0)", values: [Double($0) / 4], next: []) }
        #expect(try parallel.map(samples) { $0 } == samples)
        #expect(try parallel.map([(1, "a"), (2, "b")], sharing: [3, 4]) { ($1[0] + $0.0, $0.1) }.map(\.0) == [4, 5])
        #expect(try parallel((0..<9).map { delayed(doubled)($0) }) == (0..<9).map { $0 * 2 })
        try parallel.forEach(0..<3) { _ in }
        let long = [String](repeating: "abcdefgh", count: 50_000)
        #expect(try parallel.map([long, long]) { $0 + ["end"] } == [long + ["end"], long + ["end"]])
    }
}
