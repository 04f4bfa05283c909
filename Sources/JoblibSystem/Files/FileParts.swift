/// A file of which parts are read, at places of the reader's choice.
package final class ReadableFile: Sendable {
    package let descriptor: SharedDescriptor
    package let path: String

    private init(number: Int32, path: String) {
        descriptor = SharedDescriptor(owning: number, naming: path)
        self.path = path
    }

    /// Opens a file; nil when there is none.
    ///
    /// - Throws: `SystemError` when it is there and cannot be opened.
    package static func open(_ path: String) throws(SystemError) -> ReadableFile? {
        let number = SystemCall.openFile(path, .read)
        if number >= 0 { return ReadableFile(number: number, path: path) }
        let error = SystemError(code: -number, operation: "open", path: path)
        if error.isMissing { return nil }
        throw error
    }

    /// The file's size in bytes.
    package func size() throws(SystemError) -> Int { try descriptor.size() }

    /// Reads until `buffer` is full or the file ends.
    ///
    /// - Returns: How many bytes were read.
    package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        var done = 0
        while done < buffer.count {
            // Safe: the rest of the buffer, and the call fills no more than that.
            let result = unsafe SystemCall.readFile(
                descriptor.number,
                at: offset + done,
                into: UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            )
            guard result >= 0 else { throw SystemError(code: Int32(-result), operation: "read", path: path) }
            if result == 0 { break }
            done += result
        }
        return done
    }

    /// Reads up to `count` bytes: fewer only at the end of the file.
    package func read(at offset: Int, upTo count: Int) throws(SystemError) -> [UInt8] {
        var failure: SystemError?
        // Safe: only bytes that a read has written are counted.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: max(count, 0)) { buffer, filled in
            do throws(SystemError) {
                filled = unsafe try read(
                    at: offset,
                    into: UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: count)
                )
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }
}

/// A new file that is written from its first byte to its last, and has another name until it is whole.
package final class PartFile: Sendable {
    private let file: SharedDescriptor
    private let part: String

    /// Makes the file.
    ///
    /// - Parameter part: Its name for now; in the same file system as the later one, and of no file that exists.
    package init(_ part: String) throws(SystemError) {
        let number = SystemCall.openFile(part, .createNew)
        guard number >= 0 else { throw SystemError(code: -number, operation: "write", path: part) }
        file = SharedDescriptor(owning: number, naming: part)
        self.part = part
    }

    /// Writes all bytes behind those already written.
    package func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
        var done = 0
        while done < bytes.count {
            // Safe: the rest of the caller's bytes.
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[done...])
            let result = unsafe SystemCall.writeFile(file.number, rest)
            guard result >= 0 else { throw SystemError(code: Int32(-result), operation: "write", path: part) }
            done += result
        }
    }

    /// Gives the file its own name; what had that name is gone.
    package func finish(as path: String) throws(SystemError) {
        let result = SystemCall.renameFile(part, to: path)
        guard result >= 0 else { throw SystemError(code: Int32(-result), operation: "rename", path: path) }
    }

    /// Removes what was written.
    package func discard() { SystemCall.removeFile(part) }
}

/// A file to which several processes add at once.
package final class GrowingFile: Sendable {
    private let file: SharedDescriptor
    private let path: String
    package let identity: FileStatus.Identity

    /// Opens it, or makes it.
    package init(_ path: String) throws(SystemError) {
        let number = SystemCall.openGrowing(path)
        guard number >= 0 else { throw SystemError(code: -number, operation: "open", path: path) }
        file = SharedDescriptor(owning: number, naming: path)
        self.path = path
        guard let status = SystemCall.status(of: number) else {
            throw SystemError(code: SystemCall.badDescriptor, operation: "read", path: path)
        }
        identity = status.identity
    }

    /// Whether the path still leads to this file.
    package var isInPlace: Bool { SystemCall.status(of: path)?.identity == identity }

    package func size() throws(SystemError) -> Int { try file.size() }

    /// Adds bytes in one piece.
    ///
    /// - Throws: `SystemError`; a part of the bytes may have been added then.
    package func append(_ bytes: [UInt8]) throws(SystemError) {
        var done = 0
        while done < bytes.count {
            // Safe: the buffer is the rest of the array and is not kept.
            let result = unsafe bytes.withUnsafeBytes { buffer in
                unsafe SystemCall.writeFile(file.number, UnsafeRawBufferPointer(rebasing: buffer[done...]))
            }
            guard result >= 0 else { throw SystemError(code: Int32(-result), operation: "write", path: path) }
            done += result
        }
    }

    /// Reads up to `count` bytes at an offset: fewer only at the end.
    package func read(at offset: Int, upTo count: Int) throws(SystemError) -> [UInt8] {
        var code: Int32 = 0
        // Safe: only bytes that a read has written are counted.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: max(count, 0)) { buffer, filled in
            while filled < count {
                let rest = unsafe UnsafeMutableRawBufferPointer(buffer)[filled..<count]
                let result = unsafe SystemCall.readFile(
                    file.number,
                    at: offset + filled,
                    into: UnsafeMutableRawBufferPointer(rebasing: rest)
                )
                if result < 0 { code = Int32(-result) }
                if result <= 0 { break }
                filled += result
            }
        }
        if code != 0 { throw SystemError(code: code, operation: "read", path: path) }
        return bytes
    }
}
