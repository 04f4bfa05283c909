internal import CJoblibSystem

/// The names of functions by their code addresses, for error messages.
///
/// SwiftPM does not export a program's symbols, so the dynamic linker does not know them: on Linux they are read from
/// the program's own file, once, when the first name is asked for. A stripped program has no names.
package enum FunctionSymbols {
    /// The function that contains an address, demangled; nil when it has no name.
    ///
    /// Takes some milliseconds for the first address of a program or library, which has its symbols read.
    ///
    /// - Parameter address: Any address; it is looked up and never read.
    package static func name(at address: UnsafeRawPointer) -> String? {
        guard let symbol = unsafe symbol(at: address) else { return nil }
        return demangled(symbol) ?? symbol
    }

    /// The name as the linker knows it.
    static func symbol(at address: UnsafeRawPointer) -> String? {
        // Safe: only the pointer's number is used.
        guard let address = unsafe joblib_strip_code_pointer(address) else { return nil }
        if let location = unsafe location(of: address), let function = location.table.function(at: location.place) {
            return function.name
        }
        // Safe: the linker's string lives as long as its image, and is copied at once.
        guard let name = unsafe joblib_dynamic_symbol_at(address) else { return nil }
        return unsafe String(cString: name)
    }

    /// What a mangled name stands for; nil when it is not a Swift name.
    static func demangled(_ symbol: String) -> String? {
        // Safe: the runtime gives a malloc'ed string or null; it is copied, then freed by C.
        unsafe symbol.utf8CString.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress, let text = unsafe joblib_demangle(start, buffer.count - 1) else {
                return nil
            }
            defer { unsafe joblib_free(text) }
            return unsafe String(cString: text)
        }
    }

    /// Where an address lies: its image, the functions of that image, and the address in the image's file.
    struct Location {
        var table: ELFFunctionTable
        var bias: UInt64
        var readable: UInt64
        var place: UInt64
    }

    static func location(of address: UnsafeRawPointer) -> Location? {
        // Safe: the C function fills the structure and ends the path with a zero byte.
        var image = joblib_image()
        guard unsafe joblib_image_at(address, &image) else { return nil }
        let path = unsafe withUnsafeBytes(of: &image.path) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        guard let table = table(of: path) else { return nil }
        let place = UInt64(UInt(bitPattern: address)) &- image.bias
        return Location(table: table, bias: image.bias, readable: image.readable, place: place)
    }

    /// The functions of a file, which is read at the first question about it.
    static func table(of path: String) -> ELFFunctionTable? {
        lock.withLock {
            if let known = unsafe tables[path] { return known }
            let table = readTable(of: path)
            unsafe tables[path] = .some(table)
            return table
        }
    }

    /// One table for each image that was ever asked about; nil for one that cannot be read.
    // Touched with `lock` held only.
    private nonisolated(unsafe) static var tables: [String: ELFFunctionTable?] = [:]
    /// The C library's, which ThreadSanitizer knows.
    private static let lock = Monitor()

    private static func readTable(of path: String) -> ELFFunctionTable? {
        guard let file = try? FileDescriptor(opening: path, .read, naming: path), let size = try? file.size() else {
            return nil
        }
        // Read, not mapped: a mapping of a file that shrinks meanwhile would kill the program.
        return ELFFunctionTable(size: size) { offset, count in try? file.read(upTo: count, at: offset) }
    }
}
