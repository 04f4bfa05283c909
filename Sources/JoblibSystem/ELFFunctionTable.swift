/// The functions that a 64-bit ELF file names, by address.
///
/// A file that is cut off, damaged or hostile gives no table or a poorer one; it never traps.
struct ELFFunctionTable: Sendable {
    private struct Function {
        var address: UInt64
        var size: UInt64
        var name: UInt32
        /// Else it is data, of which only async functions' records are of interest.
        var isCode: Bool
    }

    /// A function's place in the file's address space, and its name as the linker knows it.
    struct Entry {
        var address: UInt64
        var size: UInt64
        var name: String
    }

    private let functions: [Function]
    private let names: [UInt8]

    /// Reads only the parts that are needed.
    ///
    /// - Parameters:
    ///   - size: The file's size in bytes; nothing beyond it is asked for.
    ///   - read: Gives up to `count` bytes at an offset, fewer when the file ends there, nil when it cannot be read.
    init?(size: Int, read: @escaping (_ offset: Int, _ count: Int) -> [UInt8]?) {
        let file = ELFFile(size: size, read: read)
        guard let sections = file.sections() else { return nil }
        // .symtab knows every function; a stripped file has only the exported ones, in .dynsym.
        let full = sections.filter { $0.type == 2 }
        let exported = sections.filter { $0.type == 11 }
        for table in full + exported {
            guard let link = Int(exactly: table.link), sections.indices.contains(link),
                let names = file.bytes(of: sections[link]), let symbols = file.bytes(of: table)
            else { continue }
            let functions = Self.functions(in: symbols)
            if functions.isEmpty { continue }
            self.functions = functions
            self.names = names
            return
        }
        return nil
    }

    /// The function that contains an address of the file.
    func function(at address: UInt64) -> Entry? {
        var low = 0
        var high = functions.count
        while low < high {
            let middle = (low + high) / 2
            if functions[middle].address <= address { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return nil }
        let start = functions[low - 1].address
        // Of several names for one place, the first in the file that covers the address.
        var first = low - 1
        while first > 0, functions[first - 1].address == start { first -= 1 }
        for function in functions[first..<low] where address - start < max(function.size, 1) {
            guard let name = text(at: function.name), function.isCode || Self.isAsyncRecord(name) else { continue }
            return Entry(address: function.address, size: function.size, name: name)
        }
        return nil
    }

    /// Whether a name is that of what points to an async function: a value of such a function's type holds its address.
    private static func isAsyncRecord(_ name: String) -> Bool {
        name.hasPrefix("$s") && name.hasSuffix("Tu")
    }

    private static func functions(in symbols: [UInt8]) -> [Function] {
        let entrySize = 24
        var functions: [Function] = []
        for start in stride(from: 0, through: symbols.count - entrySize, by: entrySize) {
            // A function (2) or data (1) that is defined in some section.
            let kind = symbols[start + 4] & 0xf
            guard kind == 1 || kind == 2, symbols[start + 6] | symbols[start + 7] != 0 else { continue }
            guard let name: UInt32 = symbols.integer(at: start), let address: UInt64 = symbols.integer(at: start + 8),
                let size: UInt64 = symbols.integer(at: start + 16)
            else { continue }
            functions.append(Function(address: address, size: size, name: name, isCode: kind == 2))
        }
        // The position in the file decides among equals, so that an answer does not change from run to run.
        return functions.enumerated()
            .sorted { ($0.element.address, $0.offset) < ($1.element.address, $1.offset) }
            .map(\.element)
    }

    private func text(at offset: UInt32) -> String? {
        guard let start = Int(exactly: offset), start < names.count else { return nil }
        let rest = names[start...]
        guard let end = rest.firstIndex(of: 0), end > start else { return nil }
        return String(decoding: rest[..<end], as: UTF8.self)
    }
}
