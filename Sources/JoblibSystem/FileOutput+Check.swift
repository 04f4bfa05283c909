extension FileOutput {
    /// Tells before long work whether a file could be written when it is done; nothing is there afterwards that was not
    /// before.
    ///
    /// - Parameter path: The file that is to be made or replaced.
    /// - Throws: `SystemError` naming `path`, as `writeAtomically` would.
    package static func check(_ path: String) throws(SystemError) {
        let kind = SystemCall.fileKind(path)
        if kind == .directory || path.hasSuffix("/") {
            throw SystemError(code: SystemCall.isDirectory, operation: "write", path: path)
        }
        // A pipe would be waited for.
        if kind == .special { return }
        let part = partPath(beside: SystemCall.resolvedPath(path) ?? path)
        _ = try FileDescriptor(opening: part, .createNew, naming: path)
        SystemCall.removeFile(part)
    }
}
