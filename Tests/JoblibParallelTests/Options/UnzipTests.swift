import JoblibParallel
import Testing

@Suite struct UnzipTests {
    @Test("Pairs come apart in order, with their types inferred")
    func pairs() {
        let (halves, wholes) = unzip((0..<4).map { (Double($0) / 2, $0) })
        #expect(halves == [0, 0.5, 1, 1.5])
        #expect(wholes == [0, 1, 2, 3])
    }

    @Test("Any sequence of pairs comes apart")
    func otherSequences() {
        let (keys, values) = unzip(["a": 1].map { ($0.key, $0.value) })
        #expect(keys == ["a"] && values == [1])
        let (squares, names) = unzip((1...3).lazy.map { ($0 * $0, "\($0)") })
        #expect(squares == [1, 4, 9] && names == ["1", "2", "3"])
        let (left, right) = unzip(zip([1, 2], ["x", "y"]))
        #expect(left == [1, 2] && right == ["x", "y"])
    }

    @Test("Tuples of three and more values come apart")
    func wider() {
        let (numbers, names, signs) = unzip([(1, "one", true), (-2, "two", false)])
        #expect(numbers == [1, -2] && names == ["one", "two"] && signs == [true, false])
        let (a, b, c, d, e) = unzip((0..<3).map { ($0, Double($0), "\($0)", $0.isMultiple(of: 2), UInt8($0)) })
        #expect(a == [0, 1, 2] && b == [0, 1, 2] && c == ["0", "1", "2"])
        #expect(d == [true, false, true] && e == [0, 1, 2])
    }

    @Test("Labels of the values do not matter in an array")
    func labels() {
        let (means, counts) = unzip((1...2).map { (mean: Double($0), count: $0) })
        #expect(means == [1, 2] && counts == [1, 2])
        let (a, b, c) = unzip((1...2).map { (a: $0, b: "\($0)", c: $0 > 1) })
        #expect(a == [1, 2] && b == ["1", "2"] && c == [false, true])
    }

    @Test("Nothing comes apart into nothing")
    func empty() {
        let (numbers, names) = unzip([(Int, String)]())
        #expect(numbers.isEmpty && names.isEmpty)
    }
}
