/// The container without keys of a value being read.
struct UnkeyedReader: UnkeyedDecodingContainer {
    private let value: ValueReader
    private let elements: Int
    private(set) var currentIndex = 0
    private var position: Int

    init(_ value: ValueReader, count: Int, position: Int) {
        self.value = value
        elements = count
        self.position = position
    }

    var codingPath: [any CodingKey] { value.codingPath }
    var count: Int? { elements }
    var isAtEnd: Bool { currentIndex >= elements }

    private var step: PathComponent { .index(currentIndex) }

    private func checkNotAtEnd(_ type: Any.Type) throws {
        if isAtEnd {
            let reason = "there are only \(elements) elements"
            throw value.failure(ReadProblem(kind: .missing, reason: reason), type, step)
        }
    }

    /// The element was read up to `next`.
    @inline(__always)
    private mutating func pass(to next: Int) {
        position = next
        currentIndex &+= 1
        if let furthest = value.furthest, furthest.element < currentIndex {
            value.furthest = (currentIndex, elements, next)
        }
    }

    mutating func decodeNil() throws -> Bool {
        try checkNotAtEnd(Any.self)
        let token = try value.reading(Any.self, step) { () throws(ReadProblem) in try value.reader.peek(position) }
        guard token == Token.null else { return false }
        pass(to: position + 1)
        return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        try checkNotAtEnd(type)
        var next = position
        let result = try value.decode(type, at: &next, step)
        pass(to: next)
        return result
    }

    mutating func decodeIfPresent<T: Decodable>(_ type: T.Type) throws -> T? {
        if isAtEnd { return nil }
        if !(type is any OptionalValue.Type), try decodeNil() { return nil }
        return try decode(type)
    }

    @inline(__always)
    fileprivate mutating func read<T>(
        _ type: T.Type,
        _ body: (Reader, inout Int) throws(ReadProblem) -> T
    ) throws -> T {
        try checkNotAtEnd(type)
        var next = position
        do throws(ReadProblem) {
            let result = try body(value.reader, &next)
            pass(to: next)
            return result
        } catch {
            throw value.failure(error, type, step)
        }
    }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> {
        let (nested, next) = try nested(type)
        let container = try nested.container(keyedBy: type)
        pass(to: next)
        return container
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let (nested, next) = try nested(Any.self)
        let container = try nested.unkeyedContainer()
        pass(to: next)
        return container
    }

    mutating func superDecoder() throws -> any Decoder {
        let (nested, next) = try nested(Any.self)
        pass(to: next)
        return nested
    }

    private func nested(_ type: Any.Type) throws -> (ValueReader, end: Int) {
        try checkNotAtEnd(type)
        let next = try value.reading(type, step) { () throws(ReadProblem) in
            var next = position
            try value.reader.skip(&next, depth: value.depth + 1)
            return next
        }
        return (try value.child(at: position, step), next)
    }
}

extension ValueReader {
    func openUnkeyed() throws -> UnkeyedReader {
        var position = start
        let token = try reading([Any].self) { () throws(ReadProblem) in try reader.byte(&position) }
        switch token {
        case Token.unkeyed:
            let count = try reading([Any].self) { () throws(ReadProblem) in try reader.elementCount(&position) }
            if furthest == nil { furthest = (0, count, position) }
            return UnkeyedReader(self, count: count, position: position)
        case Token.nothing:
            end = position
            return UnkeyedReader(self, count: 0, position: position)
        case Token.run, Token.handle: return try transcribed()
        default: throw failure(.mismatch("a container without keys", found: token), [Any].self)
        }
    }
}

extension UnkeyedReader {
    mutating func decode(_ type: Bool.Type) throws -> Bool {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.bool(&position) }
    }
    mutating func decode(_ type: String.Type) throws -> String {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.string(&position) }
    }
    mutating func decode(_ type: Double.Type) throws -> Double {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.double(&position) }
    }
    mutating func decode(_ type: Float.Type) throws -> Float {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.float(&position) }
    }
    mutating func decode(_ type: Int.Type) throws -> Int {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    mutating func decode(_ type: Int8.Type) throws -> Int8 {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    mutating func decode(_ type: Int16.Type) throws -> Int16 {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    mutating func decode(_ type: Int32.Type) throws -> Int32 {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    mutating func decode(_ type: Int64.Type) throws -> Int64 {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    mutating func decode(_ type: Int128.Type) throws -> Int128 {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    mutating func decode(_ type: UInt.Type) throws -> UInt {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    mutating func decode(_ type: UInt8.Type) throws -> UInt8 {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    mutating func decode(_ type: UInt16.Type) throws -> UInt16 {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    mutating func decode(_ type: UInt32.Type) throws -> UInt32 {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    mutating func decode(_ type: UInt64.Type) throws -> UInt64 {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    mutating func decode(_ type: UInt128.Type) throws -> UInt128 {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
}
