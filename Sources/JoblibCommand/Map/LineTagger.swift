/// Puts a tag before each line.
struct LineTagger {
    private let tag: [UInt8]
    private var isAtLineStart = true

    /// Whether a line was tagged that has not ended.
    var isWithinLine: Bool { !isAtLineStart }

    /// - Parameter tag: With what separates it from the line; empty for none.
    init(tag: [UInt8]) {
        self.tag = tag
    }

    mutating func tagged(_ bytes: [UInt8]) -> [UInt8] {
        if tag.isEmpty { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + tag.count)
        for byte in bytes {
            if isAtLineStart { result += tag }
            result.append(byte)
            isAtLineStart = byte == UInt8(ascii: "\n")
        }
        return result
    }
}
