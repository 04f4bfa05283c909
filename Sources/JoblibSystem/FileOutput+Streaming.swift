extension FileOutput {
    /// Writes a file piece by piece beside its name and renames it, so that a reader never sees half of it.
    ///
    /// As `writeAtomically(_:to:)`. A file that is replaced hands its permissions on.
    ///
    /// - Parameters:
    ///   - path: The file to make or replace.
    ///   - body: Writes the content. What it throws is thrown on, and no part of the file is left then.
    /// - Throws: `SystemError` naming `path`, or what `body` throws.
    package static func stream(to path: String, _ body: (FileSink) throws -> Void) throws {
        let kind = SystemCall.fileKind(path)
        if kind == .directory || path.hasSuffix("/") {
            throw SystemError(code: SystemCall.isDirectory, operation: "write", path: path)
        }
        if kind == .special {
            return try body(FileSink(FileDescriptor(opening: path, .overwrite, naming: path), naming: path))
        }
        let permissions = SystemCall.permissions(path)
        var failure: (any Error)?
        do {
            try replace(path) { part throws(SystemError) in
                let file = try FileDescriptor(opening: part, .createNew, naming: path)
                if let permissions { SystemCall.setPermissions(file.number, permissions) }
                do {
                    try body(FileSink(file, naming: path))
                } catch {
                    failure = error
                    // Any code but "exists", which would have it tried again.
                    throw SystemError(code: SystemCall.invalid, operation: "write", path: path)
                }
            }
        } catch {
            throw failure ?? error
        }
    }
}
