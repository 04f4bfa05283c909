/// The parts of a 64-bit ELF file, each checked against its size.
///
/// A file that is cut off, damaged or hostile has fewer parts; it never traps.
struct ELFFile {
    struct Section {
        /// Where its name begins in the table of names.
        var name: UInt32
        var type: UInt32
        var flags: UInt64
        var offset: UInt64
        var size: UInt64
        var link: UInt32
    }

    let size: Int
    let read: (_ offset: Int, _ count: Int) -> [UInt8]?

    func sections() -> [Section]? {
        let entrySize = 64
        // 64-bit, least byte first: all that Swift runs on under Linux.
        guard let header = bytes(at: 0, count: 64), header.starts(with: [0x7f, 0x45, 0x4c, 0x46, 2, 1]),
            let offset: UInt64 = header.integer(at: 0x28), let width: UInt16 = header.integer(at: 0x3a),
            var count: UInt64 = (header.integer(at: 0x3c) as UInt16?).map(UInt64.init), Int(width) == entrySize
        else { return nil }
        if count == 0 {
            // More sections than sixteen bits can tell: the first section's size is their number.
            guard let first = bytes(at: offset, count: UInt64(entrySize)), let real: UInt64 = first.integer(at: 32)
            else { return nil }
            count = real
        }
        let (length, overflow) = count.multipliedReportingOverflow(by: UInt64(entrySize))
        guard !overflow, let table = bytes(at: offset, count: length) else { return nil }
        return stride(from: 0, to: table.count, by: entrySize).compactMap { start in
            guard let name: UInt32 = table.integer(at: start), let type: UInt32 = table.integer(at: start + 4),
                let flags: UInt64 = table.integer(at: start + 8), let offset: UInt64 = table.integer(at: start + 24),
                let size: UInt64 = table.integer(at: start + 32), let link: UInt32 = table.integer(at: start + 40)
            else { return nil }
            return Section(name: name, type: type, flags: flags, offset: offset, size: size, link: link)
        }
    }

    /// The sections by their names.
    func namedSections() -> [String: Section] {
        guard let sections = sections(), let header = bytes(at: 0, count: 64),
            var index: UInt32 = (header.integer(at: 0x3e) as UInt16?).map(UInt32.init)
        else { return [:] }
        // The number does not fit: the first section's link has it.
        if index == 0xffff { index = sections.first?.link ?? 0 }
        guard let place = Int(exactly: index), sections.indices.contains(place), let names = bytes(of: sections[place])
        else { return [:] }
        var named: [String: Section] = [:]
        for section in sections {
            guard let start = Int(exactly: section.name), start < names.count else { continue }
            let name = names[start...].prefix(64).prefix { $0 != 0 }
            named[String(decoding: name, as: UTF8.self)] = section
        }
        return named
    }

    func bytes(of section: Section) -> [UInt8]? {
        bytes(at: section.offset, count: section.size)
    }

    private func bytes(at offset: UInt64, count: UInt64) -> [UInt8]? {
        guard let offset = Int(exactly: offset), let count = Int(exactly: count),
            offset <= size, count <= size - offset,
            let bytes = read(offset, count), bytes.count == count
        else { return nil }
        return bytes
    }
}

extension [UInt8] {
    /// An integer whose least byte comes first; nil when it does not lie inside.
    func integer<Value: FixedWidthInteger>(at offset: Int) -> Value? {
        let width = MemoryLayout<Value>.size
        guard offset >= 0, width <= count, offset <= count - width else { return nil }
        // Safe: the bytes were just found to be inside, and every bit pattern is an integer.
        let value = unsafe withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: offset, as: Value.self) }
        return Value(littleEndian: value)
    }
}
