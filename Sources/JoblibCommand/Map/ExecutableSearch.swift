internal import JoblibSystem

/// Finds programs by their names, each once.
final class ExecutableSearch {
    private let directories: [[UInt8]]
    private var known: [[UInt8]: [UInt8]] = [:]

    /// - Parameter searchPath: As in `PATH`: an empty directory in it is the present one.
    init(searchPath: String? = Environment.value("PATH")) {
        let path = Array((searchPath ?? "/usr/local/bin:/usr/bin:/bin").utf8)
        directories = path.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map { Array($0) }
    }

    /// The file of a command.
    ///
    /// - Throws: `CommandFailure` naming it when there is none that may be run.
    func path(of name: [UInt8]) throws(CommandFailure) -> [UInt8] {
        if let path = known[name] { return path }
        let slash = UInt8(ascii: "/")
        guard !name.isEmpty else { throw .wrongUse("The name of the command is empty.") }
        let candidates = name.contains(slash) ? [name] : directories.map { $0.isEmpty ? name : $0 + [slash] + name }
        guard let path = candidates.first(where: ByteFile.isExecutable) else {
            let shown = ByteText.readable(name)
            if name.contains(UInt8(ascii: " ")) {
                throw .wrongUse("No command \"\(shown)\". Is the blank in it meant to be a part of the name?")
            }
            throw .wrongUse(
                name.contains(slash)
                    ? "\(shown) is no program that may be run."
                    : "No command \(shown) in PATH. For a shell's own commands, add --shell."
            )
        }
        known[name] = path
        return path
    }
}
