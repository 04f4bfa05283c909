/// Puts the parts of a message between a program and its workers one behind the other.
///
/// Numbers take eight bytes, the lowest first: both sides are the same program on the same machine.
struct MessageWriter {
    private(set) var bytes: [UInt8] = []

    mutating func put(byte: UInt8) {
        bytes.append(byte)
    }

    mutating func put(_ flag: Bool) {
        bytes.append(flag ? 1 : 0)
    }

    mutating func put(_ number: UInt64) {
        // Safe: the number's own bytes, which are copied.
        unsafe withUnsafeBytes(of: number.littleEndian) { unsafe bytes.append(contentsOf: $0) }
    }

    mutating func put(_ number: Int) {
        put(UInt64(bitPattern: Int64(number)))
    }

    /// A length, and so many bytes.
    mutating func put(_ part: [UInt8]) {
        put(part.count)
        bytes.append(contentsOf: part)
    }

    mutating func put(_ text: String) {
        put(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    mutating func put<T>(_ value: T?, _ body: (inout MessageWriter, T) -> Void) {
        put(value != nil)
        if let value { body(&self, value) }
    }

    mutating func put<T>(each values: [T], _ body: (inout MessageWriter, T) -> Void) {
        put(values.count)
        for value in values { body(&self, value) }
    }
}
