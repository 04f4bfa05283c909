#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What the operating system does when it is called without anything around it.
enum PlainFile {
    /// `write(2)` until all bytes are in a new file.
    static func write(_ values: [Double], to path: String) throws {
        let file = try open(path, O_WRONLY | O_CREAT | O_TRUNC)
        defer { close(file) }
        // The array holds the bytes during the calls.
        try unsafe values.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let count = unsafe Self.write(file, bytes.baseAddress! + done, bytes.count - done)
                guard count > 0 else { throw ScratchFailure(text: "\(path) cannot be written: errno \(errno)") }
                done += count
            }
        }
    }

    /// A small file that is written under another name and renamed.
    static func appear(_ path: String) throws {
        try write([Double](repeating: 1, count: 50), to: path + ".part")
        // The paths' bytes are there during the call.
        guard unsafe rename(path + ".part", path) == 0 else {
            throw ScratchFailure(text: "\(path) cannot be renamed: errno \(errno)")
        }
    }

    static func remove(_ path: String) throws {
        // As above.
        guard unsafe unlink(path) == 0 else {
            throw ScratchFailure(text: "\(path) cannot be removed: errno \(errno)")
        }
    }

    /// `mmap(2)` of a whole file of numbers, which is unmapped after `body`.
    static func mapped<R>(_ path: String, _ body: (UnsafeBufferPointer<Double>) -> R) throws -> R {
        let file = try open(path, O_RDONLY)
        defer { close(file) }
        let size = Int(lseek(file, 0, SEEK_END))
        // Read only, while it is mapped, and unmapped once.
        guard let start = unsafe mmap(nil, size, PROT_READ, MAP_PRIVATE, file, 0), unsafe start != MAP_FAILED else {
            throw ScratchFailure(text: "\(path) cannot be mapped: errno \(errno)")
        }
        defer { unsafe munmap(start, size) }
        return unsafe body(UnsafeRawBufferPointer(start: start, count: size).bindMemory(to: Double.self))
    }

    private static func open(_ path: String, _ flags: Int32) throws -> Int32 {
        // The path's bytes are there during the call.
        #if canImport(Glibc)
        let file = unsafe Glibc.open(path, flags | O_CLOEXEC, 0o644)
        #else
        let file = unsafe Darwin.open(path, flags | O_CLOEXEC, 0o644)
        #endif
        guard file >= 0 else { throw ScratchFailure(text: "\(path) cannot be opened: errno \(errno)") }
        return file
    }

    private static func write(_ file: Int32, _ start: UnsafeRawPointer, _ count: Int) -> Int {
        #if canImport(Glibc)
        unsafe Glibc.write(file, start, count)
        #else
        unsafe Darwin.write(file, start, count)
        #endif
    }
}
