internal import CJoblibSystem

/// Source lines by code addresses, from `.debug_line` of a file (DWARF 2 to 5).
///
/// Only the units that may hold an address are read: where sequences begin is found by the bytes of the operation that
/// sets the address, as the linker leaves them. Damage gives fewer answers or wrong ones, and never traps.
struct LineTable {
    /// An address of the file, and where the function around it begins.
    struct Query: Hashable {
        var address: UInt64
        var functionStart: UInt64?
    }

    private struct Unit {
        var body: Range<Int>
        var is64Bit: Bool
    }

    private let lines: [UInt8]
    private let texts: LineProgramHeader.Texts
    private let units: [Unit]
    /// Of the sequences that begin before an address, the nearest are looked into.
    private static let candidates = 8

    init(lines: [UInt8], lineStrings: [UInt8] = [], strings: [UInt8] = []) {
        self.lines = lines
        texts = LineProgramHeader.Texts(lineStrings: lineStrings, strings: strings)
        var units: [Unit] = []
        var reader = ByteReader(lines)
        while !reader.isAtEnd {
            var length = UInt64(reader.integer(UInt32.self))
            let is64Bit = length == 0xffff_ffff
            if is64Bit { length = reader.integer() }
            guard let count = Int(exactly: length), count <= reader.remaining, !reader.isDamaged else { break }
            units.append(Unit(body: reader.position..<reader.position + count, is64Bit: is64Bit))
            reader.skip(count)
        }
        self.units = units
    }

    /// The places of those addresses that the table knows.
    func locations(of queries: Set<Query>) -> [Query: SourcePlace] {
        guard !queries.isEmpty, !units.isEmpty else { return [:] }
        let starts = sequenceStarts()
        var queriesOfUnit: [Int: Set<Query>] = [:]
        for query in queries {
            // The nearest first; `starts` is in the order of addresses.
            for start in starts[..<Self.firstBehind(query.address, in: starts)].suffix(Self.candidates) {
                if let unit = unit(at: start.position) { queriesOfUnit[unit, default: []].insert(query) }
            }
        }
        var found: [Query: (start: UInt64, location: SourcePlace)] = [:]
        for (unit, queries) in queriesOfUnit { look(for: queries, in: units[unit], &found) }
        return found.mapValues(\.location)
    }

    /// Where the operation "set address" stands in the section, by the address that it sets.
    func sequenceStarts() -> [(address: UInt64, position: Int)] {
        var starts: [(address: UInt64, position: Int)] = []
        // Extended (0), nine bytes, DW_LNE_set_address.
        let pattern: [UInt8] = [0, 9, 2]
        var position = 0
        // Safe: the function looks at the bytes of the two arrays and keeps nothing.
        unsafe lines.withUnsafeBytes { lines in
            while position < lines.count {
                let rest = unsafe UnsafeRawBufferPointer(rebasing: lines[position...])
                let found = unsafe joblib_find_bytes(rest.baseAddress, rest.count, pattern, pattern.count)
                guard found >= 0 else { break }
                position += found + 1
                guard let address: UInt64 = self.lines.integer(at: position + 2) else { break }
                // What the linker left out lies at 0 or at the end.
                if address != 0, address < .max - 1 { starts.append((address, position)) }
            }
        }
        return starts.sorted { ($0.address, $0.position) < ($1.address, $1.position) }
    }

    private static func firstBehind(_ address: UInt64, in starts: [(address: UInt64, position: Int)]) -> Int {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle].address <= address { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func unit(at position: Int) -> Int? {
        var low = 0
        var high = units.count
        while low < high {
            let middle = (low + high) / 2
            if units[middle].body.upperBound <= position { low = middle + 1 } else { high = middle }
        }
        return low < units.count && units[low].body.contains(position) ? low : nil
    }

    private func look(
        for queries: Set<Query>,
        in unit: Unit,
        _ found: inout [Query: (start: UInt64, location: SourcePlace)]
    ) {
        let reader = ByteReader(lines, unit.body)
        guard let header = LineProgramHeader(reader, is64Bit: unit.is64Bit, texts: texts) else { return }
        let sorted = queries.sorted { $0.address < $1.address }
        guard let lowest = sorted.first?.address, let highest = sorted.last?.address else { return }
        var program = LineProgram(header, reader)
        var start: UInt64?
        var previous: LineProgram.Row?
        // Code that the compiler made has line 0: it belongs to the last line before it.
        var named: LineProgram.Row?
        program.run { row, endsSequence in
            if let last = previous, last.address < row.address, last.address <= highest, lowest < row.address {
                for query in sorted where last.address <= query.address && query.address < row.address {
                    guard let place = last.line != 0 ? last : named, place.address >= query.functionStart ?? 0,
                        let start, found[query].map({ $0.start <= start }) ?? true,
                        let file = header.path(of: place.file), let line = Int(exactly: place.line)
                    else { continue }
                    let column = Int(clamping: place.column)
                    found[query] = (start, SourcePlace(file: file, line: line, column: column))
                }
            }
            if start == nil { start = row.address }
            if row.line != 0 { named = row }
            previous = row
            if endsSequence { (start, previous, named) = (nil, nil, nil) }
        }
    }
}
