import Testing

@testable import JoblibCoding

/// Keeps arrays in memory, as shared memory would.
private final class Shelf: ArraySink, ArraySource {
    struct Unknown: Error {}
    let threshold: Int
    var arrays: [Any] = []

    init(threshold: Int) { self.threshold = threshold }

    func take<Element: RawElement>(_ array: [Element]) throws -> ArrayHandle? {
        arrays.append(array)
        return ArrayHandle(bytes: [UInt8(arrays.count - 1)])
    }

    func array<Element: RawElement>(of type: Element.Type, _ handle: ArrayHandle, count: Int) throws -> [Element] {
        guard let place = handle.bytes.first, Int(place) < arrays.count, let array = arrays[Int(place)] as? [Element],
            array.count == count
        else { throw Unknown() }
        return array
    }

    func bytes(of handle: ArrayHandle, format: RunFormat, count: Int) throws -> [UInt8] {
        guard format == RunFormat(.double) else { throw Unknown() }
        let array = try array(of: Double.self, handle, count: count)
        return unsafe array.withUnsafeBytes { unsafe Array($0) }
    }
}

@Suite("Arguments and big arrays")
struct ArrayTransportTests {
    @Test("a big array travels beside the message and comes back without a copy")
    func beside() throws {
        let shelf = Shelf(threshold: 1000)
        let big = (0..<1000).map(Double.init)
        let bytes = try BinaryEncoder(arraySink: shelf).encode(ArgumentTuple(big, [1.0, 2], "x"))
        #expect(bytes.count < 100)
        #expect(shelf.arrays.count == 1)
        let decoder = BinaryDecoder(arraySource: shelf)
        let back = try decoder.decode(ArgumentTuple<[Double], [Double], String>.self, from: bytes).values
        #expect(back.0 == big && back.1 == [1, 2] && back.2 == "x")
        let same = unsafe back.0.withUnsafeBufferPointer { a in
            unsafe big.withUnsafeBufferPointer { unsafe a.baseAddress == $0.baseAddress }
        }
        #expect(same)
        let other = try decoder.decode(ArgumentTuple<[Float], ContiguousArray<Double>, String>.self, from: bytes).values
        #expect(other.0 == big.map(Float.init) && other.1 == [1, 2])
        #expect(throws: CodingFailure.self) {
            try BinaryDecoder().decode(ArgumentTuple<[Double], [Double], String>.self, from: bytes)
        }
    }

    @Test("arguments whose types are known at run time only", arguments: [true, false])
    func lists(binary: Bool) throws {
        let transport: any Transport = binary ? .binary : .json
        func check(_ transport: some Transport) throws {
            let bytes = try transport.encode(ArgumentList([1, "two", [3.0], Int?.none]))
            let values = try ArgumentList.decode(
                [Int.self, String.self, [Double].self, Int?.self],
                from: bytes,
                with: transport
            )
            #expect(values.count == 4)
            #expect(values[0] as? Int == 1 && values[1] as? String == "two" && values[2] as? [Double] == [3])
            #expect(throws: CodingFailure.self) { try ArgumentList.decode([Int.self], from: bytes, with: transport) }
            let failure = #expect(throws: CodingFailure.self) {
                try ArgumentList.decode([Int.self, Int.self], from: bytes, with: transport)
            }
            #expect(failure?.path == [.index(1)])
        }
        try check(transport)
    }

    @Test("JSON carries numbers that JSON does not have")
    func json() throws {
        let transport = JSONTransport()
        let value = [Double.infinity, -.infinity, 0.1]
        #expect(try transport.decode([Double].self, from: transport.encode(value)) == value)
    }
}
