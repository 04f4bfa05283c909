extension StringProtocol where SubSequence == Substring {
    /// The first place of a text.
    func range(ofText text: String) -> Range<Index>? {
        let wanted = Array(text.utf8)
        let bytes = Substring(self).utf8
        guard let first = wanted.first else { return nil }
        for position in bytes.indices where bytes[position] == first && bytes[position...].starts(with: wanted) {
            return position..<bytes.index(position, offsetBy: wanted.count)
        }
        return nil
    }
}

extension Substring {
    /// The position after the bracket that closes the one at `start`; nil when it is not closed.
    func endOfGroup(at start: Index) -> Index? {
        var depth = 0
        var previous: UInt8 = 0
        for position in utf8[start...].indices {
            depth += Self.step(utf8[position], after: previous)
            previous = utf8[position]
            if depth == 0 { return utf8.index(after: position) }
        }
        return nil
    }

    /// The texts before and after the first `separator` that is in no brackets.
    func splitAtTopLevel(_ separator: String) -> (before: Substring, after: Substring)? {
        let separator = Array(separator.utf8)
        var depth = 0
        var previous: UInt8 = 0
        for position in utf8.indices {
            let byte = utf8[position]
            if depth == 0, byte == separator[0], utf8[position...].starts(with: separator) {
                return (self[..<position], self[utf8.index(position, offsetBy: separator.count)...])
            }
            // An operator's name may close what nothing opened.
            depth = Swift.max(depth + Self.step(byte, after: previous), 0)
            previous = byte
        }
        return nil
    }

    /// The texts between all `separator`s that are in no brackets.
    func splitAllAtTopLevel(_ separator: String) -> [Substring] {
        var parts: [Substring] = []
        var rest = self
        while let (before, after) = rest.splitAtTopLevel(separator) {
            parts.append(before)
            rest = after
        }
        return parts + [rest]
    }

    private static func step(_ byte: UInt8, after previous: UInt8) -> Int {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "<"), UInt8(ascii: "{"): 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): -1
        // Not the head of an arrow.
        case UInt8(ascii: ">") where previous != UInt8(ascii: "-"): -1
        default: 0
        }
    }
}
