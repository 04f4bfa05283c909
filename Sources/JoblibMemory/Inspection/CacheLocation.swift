internal import JoblibParallel
internal import JoblibSystem

/// Finds the cache in a directory that a person has named. Makes and changes nothing.
enum CacheLocation {
    /// The directory with the entries of the cache at a path.
    ///
    /// - Parameter path: The directory that was given to `Memory(location:)`, or the one named `joblib` in it; a leading
    ///   `~` is the user's home.
    /// - Throws: ``JoblibError``: `.invalidArgument` that says what is there instead of a cache, `.cannotReadFile` when
    ///   it may not be looked at.
    static func root(of path: String) throws(JoblibError) -> String {
        guard !path.isEmpty else { throw .emptyCacheLocation }
        var directory = Directory.expandingTilde(path)
        while directory.count > 1, directory.hasSuffix("/") { directory.removeLast() }
        guard Directory.exists(directory) else {
            throw .noCache(path, Directory.status(of: directory) == nil ? "there is no such directory" : "it is a file")
        }
        let inside = directory + "/joblib"
        let other: String
        do throws(SystemError) {
            if try isRoot(inside, mayBeEmpty: true) { return inside }
            let isNamed = directory == "joblib" || directory.hasSuffix("/joblib")
            if try isRoot(directory, mayBeEmpty: isNamed) { return directory }
            other = try contents(of: directory, inside)
        } catch {
            throw .unreadableCache(path, cause: error)
        }
        throw .noCache(path, other)
    }

    /// Whether a directory is one that a ``FileStore`` has made: it has its books, or its entries.
    private static func isRoot(_ path: String, mayBeEmpty: Bool) throws(SystemError) -> Bool {
        guard Directory.exists(path) else { return false }
        let files = FileLayout(root: path)
        // A text file of that name does not make a cache.
        if Directory.exists(files.work), Directory.status(of: files.index) != nil { return true }
        let names = try Directory.names(in: path)
        if names.isEmpty { return mayBeEmpty }
        // The books may have been removed: they are made again from the entries.
        for function in names where FunctionDirectory.isName(function) {
            for shard in try Directory.names(in: "\(path)/\(function)") where shard.utf8.count == 2 {
                let entries = try Directory.names(in: "\(path)/\(function)/\(shard)")
                if entries.contains(where: { CacheKey(function: function, digest: shard + $0) != nil }) { return true }
            }
        }
        return names.allSatisfy { $0 == ".work" || $0 == ".index" }
    }

    /// What a directory holds that is no cache of ours.
    private static func contents(of directory: String, _ inside: String) throws(SystemError) -> String {
        for root in [inside, directory] where try isPythons(root, depth: 5) {
            return "it is a cache of Python's joblib, which only Python reads"
        }
        return try Directory.names(in: directory).isEmpty ? "it is empty" : "it holds other files"
    }

    /// Python's joblib has a folder per module and function, in which there is `func_code.py`.
    private static func isPythons(_ path: String, depth: Int) throws(SystemError) -> Bool {
        let names = try Directory.names(in: path)
        if names.contains("func_code.py") { return true }
        guard depth > 0 else { return false }
        // A look, no search.
        for name in names.prefix(10) where Directory.exists("\(path)/\(name)") {
            if try isPythons("\(path)/\(name)", depth: depth - 1) { return true }
        }
        return false
    }
}

extension JoblibError {
    static func noCache(_ path: String, _ reason: String) -> Self {
        Self(
            code: .invalidArgument,
            message: "\(quoted(path)) is no cache: \(reason)",
            remedy: "Name the directory that a program has given to Memory(location:)."
        )
    }

    static func unreadableCache(_ path: String, cause: any Error) -> Self {
        Self(code: .cannotReadFile, message: "the cache \(quoted(path)) cannot be read", cause: cause)
    }
}
