/// Takes a message apart that a ``MessageWriter`` has put together.
///
/// What the other process has sent may be damaged, as by a task that wrote to memory it did not own: every length is
/// checked against what is there.
struct MessageReader {
    /// The message ends too early, or holds what none holds.
    struct Damage: Error {}

    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    private var rest: Int { bytes.count - place }

    mutating func byte() throws(Damage) -> UInt8 {
        guard rest >= 1 else { throw Damage() }
        defer { place += 1 }
        return bytes[place]
    }

    mutating func flag() throws(Damage) -> Bool { try byte() != 0 }

    mutating func unsigned() throws(Damage) -> UInt64 {
        guard rest >= 8 else { throw Damage() }
        defer { place += 8 }
        // Safe: eight bytes from here on were just seen to be there.
        let number = unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: place, as: UInt64.self) }
        return UInt64(littleEndian: number)
    }

    mutating func integer() throws(Damage) -> Int {
        Int(truncatingIfNeeded: Int64(bitPattern: try unsigned()))
    }

    /// A number of things of which each takes a byte at least.
    mutating func count() throws(Damage) -> Int {
        let count = try integer()
        guard count >= 0, count <= rest else { throw Damage() }
        return count
    }

    mutating func part() throws(Damage) -> [UInt8] {
        let count = try count()
        defer { place += count }
        return Array(bytes[place..<place + count])
    }

    mutating func text() throws(Damage) -> String {
        let count = try count()
        defer { place += count }
        return String(decoding: bytes[place..<place + count], as: UTF8.self)
    }

    mutating func optional<T>(_ body: (inout MessageReader) throws(Damage) -> T) throws(Damage) -> T? {
        try flag() ? try body(&self) : nil
    }

    mutating func array<T>(_ body: (inout MessageReader) throws(Damage) -> T) throws(Damage) -> [T] {
        let count = try count()
        var values: [T] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try body(&self)) }
        return values
    }
}
