/// Where the canonical forms of two values differ.
package struct CanonicalDifference: Sendable, Hashable {
    /// As one would write it in Swift; empty for the whole value.
    package var path: String
    /// What each of the two has there, shortened; nil: nothing.
    package var first: String?
    package var second: String?
}

/// Goes through two canonical messages side by side.
package struct CanonicalComparison {
    private let first: Reader
    private let second: Reader
    private let limit: Int
    private var differences: [CanonicalDifference] = []

    /// The first differences of two messages that an encoder has just made.
    ///
    /// - Throws: `CodingFailure` when they are no canonical messages.
    package static func differences(
        of first: [UInt8],
        and second: [UInt8],
        limit: Int = 20
    ) throws -> [CanonicalDifference] {
        // Safe: the arrays hold the bytes as long as the readers are used.
        try unsafe first.withUnsafeBytes { first in
            try unsafe second.withUnsafeBytes { second in
                var comparison = unsafe CanonicalComparison(first, second, limit: limit)
                do throws(ReadProblem) {
                    try comparison.compare(MessageHeader.size, MessageHeader.size, [])
                } catch {
                    throw CodingFailure(.decode, error.kind, type: Self.self, reason: error.reason)
                }
                return comparison.differences
            }
        }
    }

    private init(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer, limit: Int) {
        // The last byte is the number of keys in the table: none in the canonical form.
        let bodies = unsafe [first, second].map { unsafe UnsafeRawBufferPointer(rebasing: $0.dropLast()) }
        unsafe self.first = Reader(body: bodies[0], keys: [], limits: CodingLimits())
        unsafe self.second = Reader(body: bodies[1], keys: [], limits: CodingLimits())
        self.limit = limit
    }

    private mutating func compare(_ a: Int, _ b: Int, _ path: [PathComponent]) throws(ReadProblem) {
        guard differences.count < limit else { return }
        switch (try first.peek(a), try second.peek(b)) {
        case (Token.keyed, Token.keyed): try compareKeyed(a, b, path)
        case (Token.unkeyed, Token.unkeyed): try compareUnkeyed(a, b, path)
        case (Token.run, Token.run): try compareRuns(a, b, path)
        case (Token.some, Token.some): try compare(a + 1, b + 1, path)
        default:
            var (endA, endB) = (a, b)
            try first.skip(&endA, depth: 0)
            try second.skip(&endB, depth: 0)
            var (startA, startB) = (a, b)
            let bytesA = unsafe try first.bytes(endA - a, &startA)
            let bytesB = unsafe try second.bytes(endB - b, &startB)
            if unsafe !bytesA.elementsEqual(bytesB) { try report(path, a, b) }
        }
    }

    private mutating func compareKeyed(_ a: Int, _ b: Int, _ path: [PathComponent]) throws(ReadProblem) {
        let pairs = first.entries(from: a + 1)
        let others = second.entries(from: b + 1)
        var places: [String: Int] = [:]
        for pair in others { places[pair.name] = pair.value }
        for pair in pairs {
            let inner = path + [.key(pair.name)]
            if let place = places.removeValue(forKey: pair.name) {
                try compare(pair.value, place, inner)
            } else {
                try report(inner, pair.value, nil)
            }
        }
        for pair in others where places[pair.name] != nil { try report(path + [.key(pair.name)], nil, pair.value) }
    }

    private mutating func compareUnkeyed(_ a: Int, _ b: Int, _ path: [PathComponent]) throws(ReadProblem) {
        var (a, b) = (a + 1, b + 1)
        let counts = (try first.elementCount(&a), try second.elementCount(&b))
        for index in 0..<max(counts.0, counts.1) where differences.count < limit {
            let inner = path + [.index(index)]
            guard index < counts.0, index < counts.1 else {
                return try report(inner, index < counts.0 ? a : nil, index < counts.1 ? b : nil)
            }
            try compare(a, b, inner)
            try first.skip(&a, depth: 0)
            try second.skip(&b, depth: 0)
        }
    }

    private mutating func compareRuns(_ a: Int, _ b: Int, _ path: [PathComponent]) throws(ReadProblem) {
        var (a, b) = (a, b)
        let starts = (a, b)
        let (runA, runB) = (try first.run(&a), try second.run(&b))
        guard runA.format == runB.format else { return try report(path, starts.0, starts.1) }
        for index in 0..<max(runA.count, runB.count) where differences.count < limit {
            let textA = index < runA.count ? try number(of: first, runA, index) : nil
            let textB = index < runB.count ? try number(of: second, runB, index) : nil
            if textA == textB { continue }
            add(path + [.index(index)], textA?.text, textB?.text)
            // One is longer: that is one difference.
            if textA == nil || textB == nil { return }
        }
    }

    private struct Number: Equatable {
        var bytes: [UInt8]
        var text: String
        static func == (first: Number, second: Number) -> Bool { first.bytes == second.bytes }
    }

    private func number(of reader: Reader, _ run: RunHeader, _ index: Int) throws(ReadProblem) -> Number {
        var position = run.start + index * run.format.stride
        // Safe: the bytes are copied.
        let bytes = unsafe Array(try reader.bytes(run.format.stride, &position))
        var lanes: [String] = []
        for lane in 0..<run.format.lanes {
            lanes.append(Self.text(run.format.scalar, bytes.dropFirst(lane * run.format.scalar.size)))
        }
        return Number(bytes: bytes, text: lanes.count == 1 ? lanes[0] : "(\(lanes.joined(separator: ", ")))")
    }

    private static func text(_ scalar: RunFormat.Scalar, _ bytes: ArraySlice<UInt8>) -> String {
        var bits: UInt64 = 0
        for byte in bytes.prefix(scalar.size).reversed() { bits = bits << 8 | UInt64(byte) }
        return switch scalar {
        case .bool: bits == 0 ? "false" : "true"
        case .int8: "\(Int8(truncatingIfNeeded: bits))"
        case .int16: "\(Int16(truncatingIfNeeded: bits))"
        case .int32: "\(Int32(truncatingIfNeeded: bits))"
        case .int64: "\(Int64(truncatingIfNeeded: bits))"
        case .uint8, .uint16, .uint32, .uint64: "\(bits)"
        case .float: "\(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))"
        case .double: "\(Double(bitPattern: bits))"
        }
    }

    private mutating func report(_ path: [PathComponent], _ a: Int?, _ b: Int?) throws(ReadProblem) {
        var textA: String?
        var textB: String?
        if let a { textA = try first.summary(at: a) }
        if let b { textB = try second.summary(at: b) }
        add(path, textA, textB)
    }

    private mutating func add(_ path: [PathComponent], _ first: String?, _ second: String?) {
        guard differences.count < limit else { return }
        differences.append(CanonicalDifference(path: PathComponent.text(of: path), first: first, second: second))
    }
}

extension Reader {
    /// A value as a person would write it, containers by their size only.
    fileprivate func summary(at start: Int) throws(ReadProblem) -> String {
        var position = start + 1
        let token = try peek(start)
        switch token {
        case ...0x7f: return "\(token)"
        case 0xc0...0xcf: return "\(Int(token) - 0xc0 + Int(Token.smallestSmallInteger))"
        case Token.shortString...0xbf: return Self.quoted(try text(Int(token & 0x3f), &position))
        case Token.longString:
            let count = try length(&position)
            return Self.quoted(try text(count, &position))
        case Token.null: return "nil"
        case Token.no: return "false"
        case Token.yes: return "true"
        case Token.nothing: return "an empty value"
        case Token.integer8: return "\(try fixed(Int8.self, &position))"
        case Token.integer16: return "\(try fixed(Int16.self, &position))"
        case Token.integer32: return "\(try fixed(Int32.self, &position))"
        case Token.integer64: return "\(try fixed(Int64.self, &position))"
        case Token.unsigned64: return "\(try fixed(UInt64.self, &position))"
        case Token.integer128: return "\(try fixed(Int128.self, &position))"
        case Token.unsigned128: return "\(try fixed(UInt128.self, &position))"
        case Token.float: return "\(Float(bitPattern: try fixed(UInt32.self, &position))) (a Float)"
        case Token.double: return "\(Double(bitPattern: try fixed(UInt64.self, &position)))"
        case Token.some: return "an optional of \(try summary(at: position))"
        case Token.keyed: return "\(entries(from: position).count) values with keys"
        case Token.unkeyed: return "\(try elementCount(&position)) values"
        case Token.run:
            position = start
            let run = try run(&position)
            let lanes = run.format.lanes == 1 ? "" : " × \(run.format.lanes)"
            return "\(run.count) numbers (\(run.format.scalar)\(lanes))"
        default: throw .malformed("a byte that begins no value", at: start)
        }
    }

    private static func quoted(_ text: String) -> String {
        (text.utf8.count > 120 ? String(text.prefix(100)) + "…" : text).debugDescription
    }
}
