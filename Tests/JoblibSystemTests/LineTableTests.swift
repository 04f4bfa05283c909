import Foundation
import Testing

@testable import JoblibSystem

@Suite("Line tables")
struct LineTableTests {
    private func bytes<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
        (0..<MemoryLayout<Value>.size).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    private func text(_ text: String) -> [UInt8] { Array(text.utf8) + [0] }

    /// Address 0x1000: line 10, column 3; 0x1004: line 12; 0x1008: no line; 0x1010: the end.
    private var program: [UInt8] {
        // Column 3, set address 0x1000, line +9, copy; special: address +4, line +2; line -12, address +4, copy; end.
        [5, 3, 0, 9, 2] + bytes(UInt64(0x1000)) + [3, 9, 1, 13 + 4 * 14 + 5 + 2, 3, 0x74, 2, 4, 1]
            + [2, 8, 0, 1, 1]
    }

    private func unit(version: UInt16, is64Bit: Bool = false, tables: [UInt8], address: UInt64? = nil) -> [UInt8] {
        let lengths: [UInt8] = [0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1]
        let head: [UInt8] = [1] + (version >= 4 ? [1] : []) + [1, UInt8(bitPattern: -5), 14, 13] + lengths + tables
        func length(_ count: Int) -> [UInt8] { is64Bit ? bytes(UInt64(count)) : bytes(UInt32(count)) }
        let rest = bytes(version) + (version >= 5 ? [8, 0] : []) + length(head.count) + head + program
        return (is64Bit ? bytes(UInt32.max) : []) + length(rest.count) + rest
    }

    private var oldTables: [UInt8] {
        text("/src") + [0] + text("A.swift") + [1, 0, 0] + text("B.swift") + [0, 0, 0] + [0]
    }

    private func find(_ address: UInt64, in table: LineTable, functionStart: UInt64? = nil) -> SourcePlace? {
        let query = LineTable.Query(address: address, functionStart: functionStart)
        return table.locations(of: [query])[query]
    }

    private func expectProgram(_ table: LineTable, _ file: String) {
        #expect(find(0x1000, in: table) == SourcePlace(file: file, line: 10, column: 3))
        #expect(find(0x1003, in: table) == SourcePlace(file: file, line: 10, column: 3))
        #expect(find(0x1004, in: table)?.line == 12)
        // Code that the compiler made belongs to the line before it.
        #expect(find(0x1009, in: table)?.line == 12)
        #expect(find(0x1009, in: table, functionStart: 0x1008) == nil)
        #expect(find(0xfff, in: table) == nil)
        #expect(find(0x1010, in: table) == nil)
        #expect(find(.max, in: table) == nil)
    }

    @Test("DWARF 2 to 4 name files in the table", arguments: [UInt16(2), 3, 4], [false, true])
    func versionFour(version: UInt16, is64Bit: Bool) {
        expectProgram(LineTable(lines: unit(version: version, is64Bit: is64Bit, tables: oldTables)), "/src/A.swift")
    }

    @Test("DWARF 5 names files in other sections", arguments: [false, true])
    func versionFive(is64Bit: Bool) {
        func reference(_ offset: Int) -> [UInt8] { is64Bit ? bytes(UInt64(offset)) : bytes(UInt32(offset)) }
        // Two directories in .debug_line_str; two files, whose names are in .debug_str, with an MD5.
        let tables: [UInt8] =
            [1, 1, 0x1f, 2] + reference(0) + reference(5) + [3, 1, 0x0e, 2, 0x0b, 5, 0x1e, 2]
            + reference(0) + [0] + [UInt8](repeating: 7, count: 16)
            + reference(2) + [1] + [UInt8](repeating: 7, count: 16)
        let lines = unit(version: 5, is64Bit: is64Bit, tables: tables)
        let table = LineTable(
            lines: lines,
            lineStrings: text("/src") + text("sub"),
            strings: text("X") + text("A.swift")
        )
        expectProgram(table, "/src/sub/A.swift")
    }

    @Test("The unit that has an address is found among others")
    func severalUnits() {
        let other = unit(version: 4, tables: text("/other") + [0] + text("C.swift") + [1, 0, 0] + [0])
        // The same program at an address below.
        var moved = other
        let place = moved.count - program.count + 5
        moved.replaceSubrange(place..<place + 8, with: bytes(UInt64(0x800)))
        expectProgram(LineTable(lines: moved + unit(version: 4, tables: oldTables)), "/src/A.swift")
    }

    @Test("A table that is cut off or damaged anywhere does no harm")
    func damage() {
        let whole = unit(version: 4, tables: oldTables)
        for count in whole.indices { _ = find(0x1004, in: LineTable(lines: Array(whole[..<count]))) }
        for place in whole.indices {
            for value: UInt8 in [0, 1, 2, 0x7f, 0x80, 0xff] {
                var damaged = whole
                damaged[place] = value
                _ = find(0x1004, in: LineTable(lines: damaged))
            }
        }
        var random = SeededNumbers(state: 11)
        for _ in 0..<2000 {
            let noise = (0..<random.next() % 200).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            _ = find(0x1004, in: LineTable(lines: whole.prefix(Int(random.next() % 60)) + noise + whole))
        }
    }

    #if os(Linux)
    @Test("This line is found by its address")
    func ownLine() throws {
        let (addresses, line) = (Thread.callStackReturnAddresses, #line)
        let images = MappedImage.all()
        let path = try #require(CurrentProcess.imagePath)
        let table = try #require(LineSections.table(of: path))
        let locations = addresses.prefix(8).compactMap { number -> SourcePlace? in
            let address = number.uint64Value - 1
            guard let image = images.first(where: { $0.code.contains(address) }), image.isProgram else { return nil }
            return find(address - image.bias, in: table)
        }
        #expect(locations.contains { $0.file == #filePath && $0.line == line }, "\(locations)")
    }

    @Test("A program's own table, damaged, does no harm")
    func realTable() throws {
        let path = CaseProgram.path
        let descriptor = try FileDescriptor(opening: path, .read, naming: path)
        let size = try descriptor.size()
        // A copy: the closure outlives nothing, but the descriptor cannot be captured.
        let content = try descriptor.read(upTo: size, at: 0)
        let file = ELFFile(size: size) { offset, count in Array(content[offset..<offset + count]) }
        let sections = file.namedSections()
        let section = try #require(sections[".debug_line"])
        let lines = try #require(file.bytes(of: section))
        // The first units, small enough to be read many times.
        let sample = Array(lines.prefix(40_000))
        let starts = LineTable(lines: sample).sequenceStarts().map(\.address)
        var random = SeededNumbers(state: 17)
        for round in 0..<150 {
            var damaged = round % 10 == 0 ? Array(sample.prefix(Int(random.next() % 40_000))) : sample
            for _ in 0..<(1 + round % 8) where !damaged.isEmpty {
                // Half of them at the beginning, where the counts are.
                let limit = round % 2 == 0 ? min(damaged.count, 600) : damaged.count
                let values: [UInt8] = [0, 1, 0x7f, 0x80, 0xff, UInt8(truncatingIfNeeded: random.next())]
                damaged[Int(random.next() % UInt64(limit))] = values[Int(random.next() % 6)]
            }
            let queries = (0..<4).map { _ -> LineTable.Query in
                let start = starts.isEmpty ? 0 : starts[Int(random.next() % UInt64(starts.count))]
                return LineTable.Query(address: start &+ random.next() % 64)
            }
            _ = LineTable(lines: damaged, strings: damaged).locations(of: Set(queries))
        }
    }

    @Test("A program's build id is that of its file")
    func buildID() throws {
        let program = try #require(MappedImage.all().first { $0.isProgram })
        let path = try #require(CurrentProcess.imagePath)
        try #require(!program.identity.buildID.isEmpty)
        #expect(LineSections.buildID(of: path) == program.identity.buildID)
        #expect(LineSections.buildID(of: "/no/such/file") == nil)
        #expect(LineSections.buildID(of: #filePath) == nil)
    }
    #endif
}
