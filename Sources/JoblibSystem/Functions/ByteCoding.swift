/// The few forms in which functions and types are written: counts in groups of seven bits, and runs of bytes.
enum ByteCoding {
    static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        var value = value
        while value >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: value))
    }

    static func append(_ run: some Collection<UInt8>, to bytes: inout [UInt8]) {
        append(UInt64(run.count), to: &bytes)
        bytes.append(contentsOf: run)
    }

    /// Takes a number from the front; nil when it is cut off or has more than 64 bits.
    static func takeNumber(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard let byte = bytes.popFirst() else { return nil }
            let bits = UInt64(byte & 0x7f)
            guard shift < 63 || bits <= 1 else { return nil }
            value |= bits << shift
            if byte & 0x80 == 0 { return value }
        }
        return nil
    }

    /// Takes a run from the front; nil when it is cut off or longer than the limit.
    static func takeRun(_ bytes: inout ArraySlice<UInt8>, limit: Int) -> ArraySlice<UInt8>? {
        guard let number = takeNumber(&bytes), let count = Int(exactly: number), count <= limit, count <= bytes.count
        else { return nil }
        defer { bytes = bytes.dropFirst(count) }
        return bytes.prefix(count)
    }
}
