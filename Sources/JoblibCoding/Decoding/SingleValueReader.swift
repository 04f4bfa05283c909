/// The container for a single value.
struct SingleValueReader: SingleValueDecodingContainer {
    private let value: ValueReader

    init(_ value: ValueReader) {
        self.value = value
    }

    var codingPath: [any CodingKey] { value.codingPath }

    func decodeNil() -> Bool {
        guard (try? value.reader.peek(value.start)) == Token.null else { return false }
        value.end = value.start + 1
        return true
    }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        var position = value.start
        let result = try value.decode(type, at: &position)
        value.end = position
        return result
    }

    @inline(__always)
    private func read<T>(_ type: T.Type, _ body: (Reader, inout Int) throws(ReadProblem) -> T) throws -> T {
        var position = value.start
        do throws(ReadProblem) {
            let result = try body(value.reader, &position)
            value.end = position
            return result
        } catch {
            throw value.failure(error, type)
        }
    }

    func decode(_ type: Bool.Type) throws -> Bool {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.bool(&position) }
    }
    func decode(_ type: String.Type) throws -> String {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.string(&position) }
    }
    func decode(_ type: Double.Type) throws -> Double {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.double(&position) }
    }
    func decode(_ type: Float.Type) throws -> Float {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.float(&position) }
    }
    func decode(_ type: Int.Type) throws -> Int {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    func decode(_ type: Int8.Type) throws -> Int8 {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    func decode(_ type: Int16.Type) throws -> Int16 {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    func decode(_ type: Int32.Type) throws -> Int32 {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    func decode(_ type: Int64.Type) throws -> Int64 {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    func decode(_ type: Int128.Type) throws -> Int128 {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    func decode(_ type: UInt.Type) throws -> UInt {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    func decode(_ type: UInt8.Type) throws -> UInt8 {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    func decode(_ type: UInt16.Type) throws -> UInt16 {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    func decode(_ type: UInt32.Type) throws -> UInt32 {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    func decode(_ type: UInt64.Type) throws -> UInt64 {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
    func decode(_ type: UInt128.Type) throws -> UInt128 {
        try read(type) { (reader, position) throws(ReadProblem) in try reader.integer(type, &position) }
    }
}
