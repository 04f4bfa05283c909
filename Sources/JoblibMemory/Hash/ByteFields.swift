extension [UInt8] {
    /// Adds an integer, little-endian.
    mutating func appendInteger<T: FixedWidthInteger & BitwiseCopyable>(_ value: T) {
        // Safe: the bytes of an integer of ours are copied.
        unsafe Swift.withUnsafeBytes(of: value.littleEndian) { unsafe append(contentsOf: $0) }
    }

    /// The little-endian integer at a place; nil when it does not lie within the bytes.
    func integer<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type, at place: Int) -> T? {
        guard place >= 0, place <= count, count - place >= MemoryLayout<T>.size else { return nil }
        // Safe: checked above.
        return unsafe withUnsafeBytes { T(littleEndian: unsafe $0.loadUnaligned(fromByteOffset: place, as: T.self)) }
    }
}
