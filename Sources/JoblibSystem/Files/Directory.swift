/// Directories, and the files in them, by their paths.
package enum Directory {
    /// Makes a directory and those above it that are missing.
    ///
    /// - Throws: `SystemError` naming the directory that could not be made; `ENOTDIR` when a file is in the way.
    package static func make(_ path: String) throws(SystemError) {
        let result = SystemCall.makeDirectory(path)
        switch result {
        case 0: return
        case -Int(SystemCall.fileExists):
            guard SystemCall.fileKind(path) == .directory else { throw failure(-Int(SystemCall.notDirectory), path) }
        case -Int(SystemCall.noSuchFile):
            guard let parent = parent(of: path) else { throw failure(result, path) }
            try make(parent)
            let again = SystemCall.makeDirectory(path)
            guard again == 0 || again == -Int(SystemCall.fileExists) else { throw failure(again, path) }
        default: throw failure(result, path)
        }
    }

    private static func failure(_ result: Int, _ path: String) -> SystemError {
        SystemError(code: Int32(-result), operation: "make the directory", path: path)
    }

    private static func parent(of path: String) -> String? {
        var path = path[...]
        while path.count > 1, path.last == "/" { path.removeLast() }
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return nil }
        return String(path[..<slash])
    }

    /// The names in a directory, in no order; none when there is no such directory.
    ///
    /// - Throws: `SystemError` when it exists and cannot be read.
    package static func names(in path: String) throws(SystemError) -> [String] {
        var code: Int32 = 0
        if let names = SystemCall.names(in: path, code: &code) { return names }
        if code == SystemCall.noSuchFile || code == SystemCall.notDirectory { return [] }
        throw SystemError(code: code, operation: "list", path: path)
    }

    /// Removes a file.
    ///
    /// - Returns: False when there was none.
    /// - Throws: `SystemError` when it is there and cannot be removed.
    @discardableResult
    package static func removeFile(_ path: String) throws(SystemError) -> Bool {
        let result = SystemCall.unlinkFile(path)
        if result == 0 { return true }
        if result == -Int(SystemCall.noSuchFile) || result == -Int(SystemCall.notDirectory) { return false }
        throw SystemError(code: Int32(-result), operation: "remove", path: path)
    }

    /// Removes a directory if it is there and empty.
    package static func removeIfEmpty(_ path: String) {
        _ = SystemCall.removeDirectory(path)
    }

    /// What the file system knows of a path; nil when it leads to nothing.
    package static func status(of path: String) -> FileStatus? {
        SystemCall.status(of: path)
    }

    /// Whether a path leads to a directory.
    package static func exists(_ path: String) -> Bool {
        SystemCall.fileKind(path) == .directory
    }

    /// The path without links and dots; nil when it leads to nothing.
    package static func resolved(_ path: String) -> String? {
        SystemCall.resolvedPath(path)
    }

    /// The path with a leading `~` replaced by the user's home directory.
    package static func expandingTilde(_ path: String) -> String {
        guard path == "~" || path.hasPrefix("~/"), let home = SystemCall.homeDirectory else { return path }
        return home + path.dropFirst()
    }
}

extension SystemError {
    /// There is no such file or directory.
    package var isMissing: Bool { code == SystemCall.noSuchFile || code == SystemCall.notDirectory }

    /// The disk, or the user's part of it, is full.
    package var isFull: Bool { code == SystemCall.noSpace || code == SystemCall.quotaExceeded }
}

extension SystemError {
    /// The place can be read at most.
    package var isReadOnly: Bool {
        code == SystemCall.readOnly || code == SystemCall.noPermission || code == SystemCall.notPermitted
    }
}
