import Testing

@testable import JoblibSystem

@Suite("Function tables of ELF files")
struct ELFFunctionTableTests {
    private func parse(_ bytes: [UInt8]) -> ELFFunctionTable? {
        ELFFunctionTable(size: bytes.count) { offset, count in
            precondition(offset >= 0 && count >= 0 && offset + count <= bytes.count, "asked for bytes outside the file")
            return Array(bytes[offset..<offset + count])
        }
    }

    /// A file with one symbol table, its names and three functions.
    private func file(tableType: UInt32 = 2) -> [UInt8] {
        let names = Array("\0alpha\0beta\0gamma\0".utf8)
        func symbol(
            _ name: UInt32,
            _ address: UInt64,
            _ size: UInt64,
            info: UInt8 = 0x12,
            section: UInt16 = 1
        ) -> [UInt8] {
            bytes(name) + [info, 0] + bytes(section) + bytes(address) + bytes(size)
        }
        let symbols =
            symbol(0, 0, 0) + symbol(7, 0x2000, 0x40) + symbol(1, 0x1000, 0x100) + symbol(12, 0x3000, 0)
            + symbol(1, 0x5000, 0x100, info: 0x11) + symbol(1, 0x6000, 0x100, section: 0)
        func section(_ type: UInt32, _ offset: Int, _ size: Int, link: UInt32 = 0) -> [UInt8] {
            bytes(UInt32(0)) + bytes(type) + bytes(UInt64(0)) + bytes(UInt64(0)) + bytes(UInt64(offset))
                + bytes(UInt64(size)) + bytes(link) + bytes(UInt32(0)) + bytes(UInt64(0)) + bytes(UInt64(0))
        }
        let symbolsAt = 64 + names.count
        let sectionsAt = symbolsAt + symbols.count
        var header: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1] + [UInt8](repeating: 0, count: 57)
        header.replaceSubrange(0x28..<0x30, with: bytes(UInt64(sectionsAt)))
        header.replaceSubrange(0x3a..<0x3e, with: bytes(UInt16(64)) + bytes(UInt16(3)))
        return header + names + symbols + section(0, 0, 0) + section(tableType, symbolsAt, symbols.count, link: 2)
            + section(3, 64, names.count)
    }

    private func bytes<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
        (0..<MemoryLayout<Value>.size).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    @Test("The function that contains an address is found", arguments: [UInt32(2), 11])
    func lookup(tableType: UInt32) throws {
        let table = try #require(parse(file(tableType: tableType)))
        #expect(table.function(at: 0x1000)?.name == "alpha")
        #expect(table.function(at: 0x10ff)?.name == "alpha")
        #expect(table.function(at: 0x2001)?.name == "beta")
        #expect(table.function(at: 0x3000)?.name == "gamma")
    }

    @Test("Addresses between functions, data and functions of other files have no name")
    func nothingThere() throws {
        let table = try #require(parse(file()))
        for address: UInt64 in [0, 0xfff, 0x1100, 0x2040, 0x3001, 0x5000, 0x6000, .max] {
            #expect(table.function(at: address) == nil)
        }
    }

    @Test("Of data, only what points to an async function is found")
    func asyncRecord() throws {
        let record = Array("\0$s1fTu\0".utf8)
        var bytes = file()
        bytes.replaceSubrange(64..<64 + record.count, with: record)
        // The names before were "alpha" at 1, for a function and for data.
        let table = try #require(parse(bytes))
        #expect(table.function(at: 0x5000)?.name == "$s1fTu")
    }

    @Test("A file that is cut off anywhere gives no table and no trap")
    func truncation() {
        let whole = file()
        for count in 0..<whole.count { #expect(parse(Array(whole[..<count])) == nil) }
    }

    @Test("A file with any damage is read without a trap")
    func mutation() {
        let whole = file()
        var random = SplitMix(state: 20)
        for round in 0..<4000 {
            var damaged = whole
            for _ in 0...(round % 6) {
                let place = Int(random.next() % UInt64(damaged.count))
                // Extremes find more mistakes than arbitrary bytes.
                damaged[place] = [0, 1, 0x7f, 0x80, 0xff, UInt8(truncatingIfNeeded: random.next())][round % 6]
            }
            guard let table = parse(damaged) else { continue }
            for address: UInt64 in [0, 0x1000, 0x2000, 0x3000, .max, random.next()] { _ = table.function(at: address) }
        }
    }

    @Test("Every field set to its extreme is read without a trap")
    func extremeFields() {
        let whole = file()
        for place in whole.indices.dropLast(8) {
            for value: UInt64 in [0, .max, 1 << 63, 0x7fff_ffff_ffff_ffff, 0xffff_ffff] {
                var damaged = whole
                damaged.replaceSubrange(place..<place + 8, with: bytes(value))
                _ = parse(damaged)?.function(at: 0x1000)
            }
        }
    }

    @Test("A file that can no longer be read gives no table")
    func unreadable() {
        #expect(ELFFunctionTable(size: 1 << 20) { _, _ in nil } == nil)
        #expect(ELFFunctionTable(size: 1 << 20) { _, _ in [] } == nil)
        #expect(ELFFunctionTable(size: -1) { _, _ in [] } == nil)
    }

    #if os(Linux)
    @Test("The tests' own file, damaged, is read without a trap")
    func realFile() throws {
        let path = try #require(CurrentProcess.executablePath)
        let file = try FileDescriptor(opening: path, .read, naming: path)
        let size = try file.size()
        var random = SplitMix(state: 7)
        // The header and the section table, where all offsets and sizes are.
        for _ in 0..<20 {
            let place = Int(random.next() % 64)
            let value = UInt8(truncatingIfNeeded: random.next())
            let table = ELFFunctionTable(size: size) { offset, count in
                guard count < 1 << 20, var bytes = try? file.read(upTo: count, at: offset), !bytes.isEmpty else {
                    return nil
                }
                bytes[place % bytes.count] = value
                return bytes
            }
            _ = table?.function(at: random.next() % UInt64(size))
        }
    }
    #endif
}

/// Numbers that are the same in every run.
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}
