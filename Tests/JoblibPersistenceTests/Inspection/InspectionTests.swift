import Foundation
import Testing

@testable import JoblibPersistence

@Suite("Looking at files")
struct InspectionTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// Goes through all that is shown of a file.
    private static func walk(_ value: InspectedValue, depth: Int = 0, _ budget: inout Int) {
        budget -= 1
        guard depth < 40, budget > 0 else { return }
        if case .array(let array) = value.kind { _ = (array.count, array.byteCount, array.first.map { "\($0)" }) }
        for index in 0..<min(value.count, 30) {
            let (step, part) = value.part(index)
            _ = step.text(isFirst: false)
            walk(part, depth: depth + 1, &budget)
        }
    }

    @Test("No damage to a file traps, and errors have words")
    func damage() throws {
        var generator = Generator(seed: 77)
        let folders = ["joblib", "npy"]
        for folder in folders {
            let path = Fixtures.directory + "/" + folder
            for name in try FileManager.default.contentsOfDirectory(atPath: path).sorted() {
                let bytes = try Fixtures.bytes("\(path)/\(name)")
                let file = directory.path + "/damaged"
                for _ in 0..<Mutation.rounds / 100 {
                    let damaged = Mutation.damage(bytes, within: 400, &generator)
                    try Data(damaged).write(to: URL(fileURLWithPath: file))
                    Mutation.attempt {
                        let inspection = try FileInspection(file)
                        var budget = 3000
                        Self.walk(inspection.root, &budget)
                    }
                }
            }
        }
    }

    @Test("No cut-off file traps")
    func cut() throws {
        for name in ["plain-4.joblib", "refused-objects.joblib", "compressed.gzip", "scalars-0.joblib"] {
            let bytes = try Fixtures.bytes(Fixtures.directory + "/joblib/" + name)
            let file = directory.path + "/cut"
            for count in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 200)) {
                try Data(bytes[..<count]).write(to: URL(fileURLWithPath: file))
                #expect(throws: JoblibError.self) { try FileInspection(file) }
            }
        }
    }

    @Test("Numbers are summed up as they are, in any type and byte order")
    func tally() throws {
        var generator = Generator(seed: 5)
        for type in [
            "<i1", "<i2", ">i2", "<i4", ">i4", "<i8", ">i8", "|u1", "<u2", ">u4", "<u8", ">f2", "<f4", ">f4", "<f8",
            ">f8", "|b1",
        ] {
            let type = try #require(NumPyType(parsing: type))
            let bytes = (0..<100 * type.itemSize).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            let numbers = unsafe bytes.withUnsafeBytes { bytes in
                (0..<100).map { unsafe type.number(in: bytes, at: $0 * type.itemSize) }
            }
            var tally = try #require(ArrayTally(type))
            // In two parts.
            unsafe bytes.withUnsafeBytes {
                unsafe tally.add(UnsafeRawBufferPointer(rebasing: $0[..<(30 * type.itemSize)]))
                unsafe tally.add(UnsafeRawBufferPointer(rebasing: $0[(30 * type.itemSize)...]))
            }
            let values = numbers.map { number -> Double in
                switch number {
                case .boolean(let value): value ? 1 : 0
                case .integer(let value): Double(value)
                case .unsigned(let value): Double(value)
                case .real(let value): value
                }
            }
            let finite = values.filter(\.isFinite)
            let statistics = tally.statistics
            #expect(statistics.examined == 100)
            #expect(
                statistics.nanCount == values.count { $0.isNaN }
                    && statistics.infiniteCount == values.count { $0.isInfinite }
            )
            #expect(statistics.minimum == numbers[values.firstIndex(of: finite.min() ?? 0) ?? 0])
            #expect(statistics.maximum == numbers[values.firstIndex(of: finite.max() ?? 0) ?? 0])
            let mean = finite.reduce(0, +) / Double(finite.count)
            #expect(
                abs((statistics.mean ?? 0) - mean) <= abs(mean) * 1e-9 + finite.map(\.magnitude).reduce(0, max) * 1e-12
            )
        }
    }

    @Test("The first elements are those in C order, wherever they lie")
    func first() throws {
        let shape = [3, 4, 5]
        let elements = (0..<60).map { Int16($0) }
        // The same array, its first index running fastest.
        var fortran: [Int16] = []
        for k in 0..<5 { for j in 0..<4 { for i in 0..<3 { fortran.append(elements[(i * 4 + j) * 5 + k]) } } }
        let header = "{'descr': '<i2', 'fortran_order': True, 'shape': (3, 4, 5), }"
        var bytes: [UInt8] =
            [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count + 1), 0] + Array(header.utf8) + [10]
        for element in fortran {
            bytes += [UInt8(truncatingIfNeeded: element), UInt8(truncatingIfNeeded: element >> 8)]
        }
        let file = directory.path + "/fortran.npy"
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        guard case .array(let summary) = try FileInspection(file).root.kind else {
            Issue.record("no array")
            return
        }
        #expect(summary.shape == shape && summary.isFortranOrder && summary.offset == nil)
        #expect(summary.first == (0..<8).map { .int($0) })
    }

    @Test(
        "A matrix's parts have the means of their elements, in both orders and from a sample",
        arguments: [true, false]
    )
    func cells(_ isFortranOrder: Bool) {
        let form = ArrayPlotCollector.Form.matrix(
            rows: 6,
            columns: 8,
            isFortranOrder: isFortranOrder,
            cellRows: 3,
            cellColumns: 2
        )
        let collector = ArrayPlotCollector(form)
        // The element of row r and column c is 10 r + c.
        var elements: [Double] = []
        for place in 0..<48 {
            let (row, column) = isFortranOrder ? (place % 6, place / 6) : (place / 8, place % 8)
            elements.append(Double(10 * row + column))
        }
        unsafe elements.withUnsafeBytes { unsafe collector.add($0, type: Double.numPyType, at: 0) }
        #expect(collector.counts == [8, 8, 8, 8, 8, 8])
        #expect(zip(collector.sums, collector.counts).map { $0 / Double($1) } == [6.5, 10.5, 26.5, 30.5, 46.5, 50.5])
        let ranges = collector.sample(elementSize: 8)
        #expect(ranges?.allSatisfy { $0.lowerBound >= 0 && $0.upperBound <= 48 } ?? false)
        // Every cell gets something.
        let sampled = ArrayPlotCollector(form)
        for range in ranges ?? [] {
            unsafe Array(elements[range]).withUnsafeBytes {
                unsafe sampled.add($0, type: Double.numPyType, at: range.lowerBound)
            }
        }
        #expect(sampled.counts.allSatisfy { $0 > 0 })
    }

    @Test("Paths are read as they are written")
    func paths() {
        let steps: [InspectedStep] = [
            .name("layers"), .index(0), .name("a key"), .key("(1, 2)"), .argument(3), .name("it's"),
        ]
        let text = InspectedStep.text(of: steps)
        #expect(text == "layers[0]['a key'][(1, 2)](3)['it\\'s']")
        #expect(InspectedStep.steps(of: text) == steps)
        #expect(InspectedStep.steps(of: "") == [])
        for wrong in ["a..b", "[", "['x", "a[0", "(x)", "a[0]b", "."] {
            #expect(InspectedStep.steps(of: wrong) == nil, "\(wrong)")
        }
    }

    @Test(
        "Dates and durations as NumPy shows them",
        arguments: [
            ("<M8[D]", 19_723, "2024-01-01"), ("<M8[D]", -1, "1969-12-31"), ("<M8[D]", -719_529, "-0001-12-31"),
            ("<M8[s]", 951_782_400, "2000-02-29T00:00:00"), ("<M8[ms]", -1, "1969-12-31T23:59:59.999"),
            ("<M8[ns]", 1_700_000_000_123_456_789, "2023-11-14T22:13:20.123456789"), ("<M8[M]", 648, "2024-01"),
            ("<M8[Y]", 54, "2024"), ("<M8[W]", 1, "1970-01-08"), ("<M8[h]", 25, "1970-01-02T01:00"),
            ("<M8[m]", 61, "1970-01-01T01:01"), ("<M8[25s]", 4, "1970-01-01T00:01:40"), ("<m8[D]", 5, "5 D"),
            ("<M8[ns]", Int64.min, "NaT"), ("<M8[D]", Int64.max, "9223372036854775807[D]"), ("<M8", 3, "3"),
        ]
    )
    func dates(_ type: String, _ value: Int64, _ text: String) throws {
        #expect(try #require(NumPyType(parsing: type)).timeText(value) == text)
    }

    @Test(
        "Records have the bytes of their fields",
        arguments: [
            ("[('x', '<i4'), ('y', '<f8')]", "|V12"), ("[('a', '<f4', (2, 3))]", "|V24"), ("[('o', '|O')]", "|O"),
            ("[('p', [('q', '|b1')]), ('', '|V7')]", "|V8"), ("[('x', ('<i2', (3,)))]", "|V6"),
        ]
    )
    func records(_ text: String, _ type: String) throws {
        #expect(NumPyType(record: try PythonLiteralParser.parse(Array(text.utf8)))?.description == type)
    }

    @Test(
        "No records",
        arguments: ["[('x',)]", "['x']", "[('x', '<f8', (-1,))]", "[('x', '|V1073741824'), ('y', '|b1')]", "3"]
    )
    func noRecords(_ text: String) throws {
        #expect(NumPyType(record: try PythonLiteralParser.parse(Array(text.utf8))) == nil)
    }
}
