internal import Synchronization

/// Files that appear whole or not at all.
package enum FileOutput {
    /// Writes a file beside its name and renames it, so that a reader never sees half of it.
    ///
    /// A link is followed. What is no regular file (`/dev/null`, a pipe) is written to and never replaced. A directory
    /// that does not exist is not made. Nothing is forced to the disk: the file survives the program, not a power cut.
    ///
    /// - Parameters:
    ///   - text: The whole content.
    ///   - path: The file to make or replace.
    /// - Throws: `SystemError` naming `path`; no part of the file is left then.
    package static func writeAtomically(_ text: String, to path: String) throws(SystemError) {
        try writeAtomically(Array(text.utf8), to: path)
    }

    /// Writes a file beside its name and renames it, so that a reader never sees half of it.
    ///
    /// - Parameters:
    ///   - bytes: The whole content.
    ///   - path: The file to make or replace.
    /// - Throws: `SystemError` naming `path`; no part of the file is left then.
    package static func writeAtomically(_ bytes: [UInt8], to path: String) throws(SystemError) {
        let kind = SystemCall.fileKind(path)
        if kind == .directory || path.hasSuffix("/") {
            throw SystemError(code: SystemCall.isDirectory, operation: "write", path: path)
        }
        if kind == .special {
            return try FileDescriptor(opening: path, .overwrite, naming: path).write(bytes)
        }
        try replace(path) { part throws(SystemError) in
            try FileDescriptor(opening: part, .createNew, naming: path).write(bytes)
        }
    }

    /// Has a new file made under another name, then moves it to its own.
    ///
    /// - Parameters:
    ///   - path: The file to make or replace.
    ///   - make: Makes a file that must not exist yet.
    static func replace(_ path: String, make: (_ part: String) throws(SystemError) -> Void) throws(SystemError) {
        // Renaming onto a link would replace the link and leave the file behind it old.
        let target = SystemCall.resolvedPath(path) ?? path
        while true {
            let part = partPath(beside: target)
            do throws(SystemError) {
                try make(part)
            } catch {
                // A file of this name was left by a process of the same number: it is not ours to remove.
                if error.code == SystemCall.fileExists { continue }
                SystemCall.removeFile(part)
                throw error
            }
            let result = SystemCall.renameFile(part, to: target)
            if result >= 0 { return }
            SystemCall.removeFile(part)
            throw SystemError(code: Int32(-result), operation: "rename", path: path)
        }
    }

    private static let counter = Atomic<UInt64>(0)

    /// A name in the same directory: only there is a rename one step. Short, because the target's may be at the limit.
    static func partPath(beside target: String) -> String {
        let number = counter.wrappingAdd(1, ordering: .relaxed).newValue
        let name = ".joblib-\(SystemCall.processIdentifier)-\(number).part"
        guard let slash = target.utf8.lastIndex(of: UInt8(ascii: "/")) else { return name }
        return String(target[...slash]) + name
    }
}
