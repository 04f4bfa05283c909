/// The head of a unit of `.debug_line`: DWARF 4 and 5, section 6.2.4 of both standards; versions 2 and 3 differ in nothing
/// that is read here.
struct LineProgramHeader {
    struct File {
        var name: String
        var directory: UInt64
    }

    /// The sections that hold the texts of version 5.
    struct Texts {
        var lineStrings: [UInt8] = []
        var strings: [UInt8] = []
    }

    var minimumInstructionLength: UInt64 = 1
    var operationsPerInstruction: UInt64 = 1
    var lineBase: Int8 = 0
    var lineRange: UInt8 = 1
    var opcodeBase: UInt8 = 0
    var operandCounts: [UInt8] = []
    var directories: [String] = []
    var files: [File] = []
    var version: UInt16 = 0
    /// Where the program begins.
    var program = 0

    /// Nil when the unit is damaged, or of a version that is not known.
    init?(_ unit: ByteReader, is64Bit: Bool, texts: Texts) {
        var reader = unit
        version = reader.integer()
        guard (2...5).contains(version) else { return nil }
        // The sizes of an address and of a segment selector.
        if version >= 5 { reader.skip(2) }
        let length = reader.offset(is64Bit: is64Bit)
        guard length <= UInt64(reader.remaining) else { return nil }
        program = reader.position + Int(length)
        minimumInstructionLength = UInt64(reader.byte())
        if version >= 4 { operationsPerInstruction = max(UInt64(reader.byte()), 1) }
        reader.skip(1)
        lineBase = Int8(bitPattern: reader.byte())
        lineRange = reader.byte()
        opcodeBase = reader.byte()
        guard !reader.isDamaged, lineRange > 0, opcodeBase > 0 else { return nil }
        operandCounts = (1..<max(opcodeBase, 1)).map { _ in reader.byte() }
        if version >= 5 {
            directories = Self.entries(&reader, is64Bit, texts).map(\.name)
            files = Self.entries(&reader, is64Bit, texts)
        } else {
            readOldTables(&reader)
        }
        // A table of names that is damaged still leaves the lines.
    }

    /// The path of a file by its number in the program; nil when it has none that names a file.
    func path(of number: UInt64) -> String? {
        // From 1 before version 5.
        let position = version >= 5 ? number : number &- 1
        guard let place = Int(exactly: position), files.indices.contains(place) else { return nil }
        let file = files[place]
        guard !file.name.isEmpty, !file.name.hasPrefix("<") else { return nil }
        if file.name.hasPrefix("/") { return file.name }
        // Before version 5 directory 0 is that of the compilation, which is told elsewhere: the path stays relative.
        let index = version >= 5 ? file.directory : file.directory &- 1
        guard let place = Int(exactly: index), directories.indices.contains(place), !directories[place].isEmpty else {
            return file.name
        }
        let directory = directories[place]
        let isRelative = version >= 5 && place > 0 && !directory.hasPrefix("/")
        let base = isRelative ? (directories.first.map { $0.isEmpty ? "" : $0 + "/" } ?? "") + directory : directory
        return base.hasSuffix("/") ? base + file.name : base + "/" + file.name
    }

    private mutating func readOldTables(_ reader: inout ByteReader) {
        while !reader.isAtEnd, case let name = reader.text(), !name.isEmpty { directories.append(name) }
        while !reader.isAtEnd, case let name = reader.text(), !name.isEmpty {
            files.append(File(name: name, directory: reader.unsigned()))
            _ = (reader.unsigned(), reader.unsigned())
        }
    }

    private static func entries(_ reader: inout ByteReader, _ is64Bit: Bool, _ texts: Texts) -> [File] {
        let formats = (0..<reader.byte()).map { _ in (content: reader.unsigned(), form: reader.unsigned()) }
        let count = reader.unsigned()
        // An entry takes at least a byte: a larger count is damage, and would not end.
        guard !formats.isEmpty, count <= UInt64(reader.remaining) else { return [] }
        var files: [File] = []
        for _ in 0..<count where !reader.isDamaged {
            var file = File(name: "", directory: 0)
            for (content, form) in formats {
                guard let value = value(&reader, form, is64Bit, texts) else { return files }
                switch (content, value) {
                case (1, .text(let name)): file.name = name
                case (2, .number(let number)): file.directory = number
                default: break
                }
            }
            if !reader.isDamaged { files.append(file) }
        }
        return files
    }

    private enum Value {
        case text(String)
        case number(UInt64)
        case other
    }

    /// A value in one of the forms that section 6.2.4.1 allows; nil for another form, whose size is not known.
    private static func value(_ reader: inout ByteReader, _ form: UInt64, _ is64Bit: Bool, _ texts: Texts) -> Value? {
        func text(_ section: [UInt8], _ offset: UInt64) -> Value {
            guard let start = Int(exactly: offset), start < section.count else { return .text("") }
            // No path is longer.
            var reader = ByteReader(section, start..<min(section.count, start + 4097))
            return .text(reader.text())
        }
        switch form {
        case 0x08: return .text(reader.text())
        case 0x1f: return text(texts.lineStrings, reader.offset(is64Bit: is64Bit))
        case 0x0e: return text(texts.strings, reader.offset(is64Bit: is64Bit))
        case 0x0b: return .number(UInt64(reader.byte()))
        case 0x05: return .number(UInt64(reader.integer(UInt16.self)))
        case 0x06: return .number(UInt64(reader.integer(UInt32.self)))
        case 0x07: return .number(reader.integer())
        case 0x0f: return .number(reader.unsigned())
        case 0x1e: reader.skip(16)
        case 0x09: reader.skip(Int(clamping: reader.unsigned()))
        case 0x0a: reader.skip(Int(reader.byte()))
        case 0x03: reader.skip(Int(reader.integer(UInt16.self)))
        case 0x04: reader.skip(Int(reader.integer(UInt32.self)))
        case 0x25: reader.skip(1)
        case 0x26: reader.skip(2)
        case 0x27: reader.skip(3)
        case 0x28: reader.skip(4)
        case 0x1a: _ = reader.unsigned()
        default: return nil
        }
        return .other
    }
}
