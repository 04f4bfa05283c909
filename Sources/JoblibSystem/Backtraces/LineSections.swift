/// Finds a file's line table and its build id.
enum LineSections {
    /// No program's table is larger; a file that says so is damaged.
    private static let limit: UInt64 = 1 << 29

    static func table(of path: String) -> LineTable? {
        with(path) { file, sections in
            func bytes(_ name: String) -> [UInt8]? {
                // Compressed ones (SHF_COMPRESSED) are left alone: nothing here can unpack them.
                guard let section = sections[name], section.size <= limit, section.flags & 0x800 == 0 else {
                    return nil
                }
                return file.bytes(of: section)
            }
            guard let lines = bytes(".debug_line") else { return nil }
            let lineStrings = bytes(".debug_line_str") ?? []
            // Without the newer section for them, names of files are in the table itself.
            let strings = lineStrings.isEmpty ? [] : bytes(".debug_str") ?? []
            return LineTable(lines: lines, lineStrings: lineStrings, strings: strings)
        }
    }

    static func buildID(of path: String) -> [UInt8]? {
        with(path) { file, sections in
            guard let section = sections[".note.gnu.build-id"], section.size <= 4096,
                let note = file.bytes(of: section), let nameSize: UInt32 = note.integer(at: 0),
                let size: UInt32 = note.integer(at: 4), nameSize == 4, size <= 64, note.count >= 16 + Int(size)
            else { return nil }
            return Array(note[16..<16 + Int(size)])
        }
    }

    private static func with<R>(_ path: String, _ body: (ELFFile, [String: ELFFile.Section]) -> R?) -> R? {
        guard let descriptor = try? FileDescriptor(opening: path, .read, naming: path),
            let size = try? descriptor.size()
        else { return nil }
        // Read, not mapped: a mapping of a file that shrinks meanwhile would kill the program.
        func read(_ offset: Int, _ count: Int) -> [UInt8]? { try? descriptor.read(upTo: count, at: offset) }
        return withoutActuallyEscaping(read) { read in
            let file = ELFFile(size: size, read: read)
            return body(file, file.namedSections())
        }
    }
}
