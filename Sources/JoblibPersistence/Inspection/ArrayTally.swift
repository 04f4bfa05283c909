/// Adds up the numbers of an array, piece by piece.
struct ArrayTally {
    private let type: NumPyType
    private(set) var statistics = ArrayStatistics()
    private var sum = 0.0
    private var finiteCount = 0

    /// - Returns: nil where the elements are no numbers.
    init?(_ type: NumPyType) {
        guard type.isNumber else { return nil }
        self.type = type
    }

    /// Adds elements that lie one behind the other.
    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        switch (type.kind, type.itemSize) {
        case (.integer, 1): unsafe addIntegers(Int8.self, bytes)
        case (.integer, 2): unsafe addIntegers(Int16.self, bytes)
        case (.integer, 4): unsafe addIntegers(Int32.self, bytes)
        case (.integer, _): unsafe addIntegers(Int64.self, bytes)
        case (.unsigned, 1): unsafe addIntegers(UInt8.self, bytes)
        case (.unsigned, 2): unsafe addIntegers(UInt16.self, bytes)
        case (.unsigned, 4): unsafe addIntegers(UInt32.self, bytes)
        case (.unsigned, _): unsafe addIntegers(UInt64.self, bytes)
        case (.real, 4): unsafe addReals(UInt32.self, bytes) { Double(Float(bitPattern: $0)) }
        case (.real, 8): unsafe addReals(UInt64.self, bytes) { Double(bitPattern: $0) }
        case (.real, _): unsafe addReals(UInt16.self, bytes) { NumPyType.half($0) }
        default: unsafe addBooleans(bytes)
        }
        statistics.mean = finiteCount > 0 ? sum / Double(finiteCount) : nil
    }

    private mutating func addIntegers<T: FixedWidthInteger & BitwiseCopyable>(
        _: T.Type,
        _ bytes: UnsafeRawBufferPointer
    ) {
        let isNative = type.isNative
        var (least, greatest, sum, count) = (T.max, T.min, 0.0, 0)
        for place in stride(from: 0, through: bytes.count - MemoryLayout<T>.size, by: MemoryLayout<T>.size) {
            // Safe: so many bytes are left.
            var value = unsafe bytes.loadUnaligned(fromByteOffset: place, as: T.self)
            if !isNative { value = value.byteSwapped }
            least = min(least, value)
            greatest = max(greatest, value)
            sum += Double(value)
            count += 1
        }
        guard count > 0 else { return }
        if T.isSigned {
            include(.integer(Int64(truncatingIfNeeded: least)), .integer(Int64(truncatingIfNeeded: greatest)))
        } else {
            include(.unsigned(UInt64(truncatingIfNeeded: least)), .unsigned(UInt64(truncatingIfNeeded: greatest)))
        }
        finish(count, sum)
    }

    private mutating func addReals<T: FixedWidthInteger & BitwiseCopyable>(
        _: T.Type,
        _ bytes: UnsafeRawBufferPointer,
        _ value: (T) -> Double
    ) {
        let isNative = type.isNative
        var (least, greatest, sum, count) = (Double.infinity, -Double.infinity, 0.0, 0)
        for place in stride(from: 0, through: bytes.count - MemoryLayout<T>.size, by: MemoryLayout<T>.size) {
            // Safe: so many bytes are left.
            let bits = unsafe bytes.loadUnaligned(fromByteOffset: place, as: T.self)
            let value = value(isNative ? bits : bits.byteSwapped)
            guard value.isFinite else {
                statistics.examined += 1
                if value.isNaN { statistics.nanCount += 1 } else { statistics.infiniteCount += 1 }
                continue
            }
            if value < least { least = value }
            if value > greatest { greatest = value }
            sum += value
            count += 1
        }
        guard count > 0 else { return }
        include(.real(least), .real(greatest))
        finish(count, sum)
    }

    private mutating func addBooleans(_ bytes: UnsafeRawBufferPointer) {
        guard unsafe !bytes.isEmpty else { return }
        let trueCount = unsafe bytes.count { $0 != 0 }
        include(.boolean(trueCount == bytes.count), .boolean(trueCount > 0))
        finish(bytes.count, Double(trueCount))
    }

    private mutating func finish(_ count: Int, _ sum: Double) {
        statistics.examined += count
        finiteCount += count
        self.sum += sum
    }

    private mutating func include(_ least: NumPyNumber, _ greatest: NumPyNumber) {
        if statistics.minimum.map({ Self.isBelow(least, $0) }) ?? true { statistics.minimum = least }
        if statistics.maximum.map({ Self.isBelow($0, greatest) }) ?? true { statistics.maximum = greatest }
    }

    /// Numbers of one kind.
    private static func isBelow(_ a: NumPyNumber, _ b: NumPyNumber) -> Bool {
        switch (a, b) {
        case (.integer(let a), .integer(let b)): a < b
        case (.unsigned(let a), .unsigned(let b)): a < b
        case (.real(let a), .real(let b)): a < b
        case (.boolean(let a), .boolean(let b)): !a && b
        default: false
        }
    }
}
