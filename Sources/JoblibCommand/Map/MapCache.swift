internal import Joblib
internal import JoblibMemory
internal import JoblibSystem

/// What makes two runs of a command the same: where it runs, its words, and the content of the files that they name.
struct CommandKey: Codable, Hashable, Sendable {
    /// A file that a command names, as it is now.
    struct NamedFile: Codable, Hashable, Sendable {
        var path: [UInt8]
        var hash: String
    }

    var directory: String
    var words: [[UInt8]]
    /// Those that are there, the program first.
    var files: [NamedFile]
}

extension CommandKey: CustomStringConvertible {
    /// The command, as `joblib cache ls` shows it.
    var description: String { ByteText.readable(ByteText.shellLine(words)) }
}

/// What a command has written when it succeeded.
struct CommandResult: Codable, Sendable {
    var output: [UInt8]
    var errors: [UInt8]
}

/// Results of commands, kept on disk by the library's `Memory`.
final class MapCache {
    /// Larger outputs are not kept.
    private static let longest = 64 << 20

    private struct Missing: Error {}

    private let directory = Directory.resolved(".") ?? ""
    private let results: CachedFunction<CommandKey, CommandResult>

    init(directory: String) throws {
        let memory = try Memory(location: directory, verbose: 0)
        // Commands run elsewhere, and their results are put here.
        results = memory.cached({ _ in throw Missing() }, as: "joblib map", version: 1)
    }

    /// The key of a command as things are now; nil if a file that it names cannot be read.
    func key(_ words: CommandWords, executable: [UInt8]) -> CommandKey? {
        let names = Set(words.possibleFiles).sorted { $0.lexicographicallyPrecedes($1) }
        do {
            // The program, too: another version of it is another command.
            let files = try ([executable] + names).compactMap { path in
                try Self.contentHash(path).map { CommandKey.NamedFile(path: path, hash: $0) }
            }
            return CommandKey(directory: directory, words: words.cached, files: files)
        } catch {
            return nil
        }
    }

    func result(_ key: CommandKey) -> CommandResult? {
        guard results.isCached(key) else { return nil }
        return try? results(key)
    }

    func keep(_ job: MapJob, for key: CommandKey) throws {
        guard let output = try job.outputSpool.bytes(limit: Self.longest),
            let errors = try job.errorSpool.bytes(limit: Self.longest)
        else { return }
        let took = Duration.nanoseconds(Int64(clamping: job.elapsed))
        try results.keep(CommandResult(output: output, errors: errors), for: key, took: took)
    }

    /// A hash of a regular file's content; nil for what is none. A tree of pieces: memory stays small however large it
    /// is.
    private static func contentHash(_ path: [UInt8]) throws -> String? {
        guard !path.isEmpty, let size = ByteFile.regularSize(path) else { return nil }
        let file = try ByteFile.open(path)
        var pieces: [String] = [String(size)]
        while true {
            let bytes = try file.read(upTo: 4 << 20)
            if bytes.isEmpty { return try hash(of: pieces) }
            pieces.append(try hash(of: bytes))
        }
    }
}
