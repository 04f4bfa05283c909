import ArgumentParser
internal import Joblib
internal import JoblibMemory
internal import JoblibParallel
internal import JoblibSystem

/// `joblib cache clear`: removes all results.
struct CacheClear: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clear",
        abstract: "Removes all results of a cache, or of a function.",
        discussion: "Files in the directory that are no results stay where they are."
    )

    @OptionGroup var options: CacheOptions

    @Option(name: .shortAndLong, help: ArgumentHelp("Remove results of this function only.", valueName: "name"))
    var function: String?

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var yes = false

    func run() throws {
        let cache = try options.open()
        let items = try cache.items(of: function)
        let bytes = items.reduce(0) { $0 + $1.byteCount }
        let what =
            "\(HumanText.count(items.count, "result"))\(function.map { " of \($0)" } ?? ""), \(SizeText.bytes(bytes))"
        // Also where there is nothing: results may come while the question is on the screen.
        if !yes { try ask("Remove \(what), from \(cache.root)?") }
        try cache.clear(function)
        if options.json {
            let json = JSONValue.object([("entries", .int(items.count)), ("bytes", .int(bytes))])
            try StandardOutput.write(json.text + "\n")
        } else {
            try StandardOutput.write("Removed \(what).\n")
        }
    }

    /// - Throws: `CommandFailure` unless the answer is yes.
    private func ask(_ question: String) throws {
        guard Terminal.isTerminal(0) else {
            throw CommandFailure.wrongUse("\(question) Nobody can be asked here: confirm with --yes.")
        }
        StandardError.write("\(question) [y/N] ")
        let answer = readLine()?.lowercased() ?? ""
        guard answer == "y" || answer == "yes" else { throw CommandFailure.failed("Nothing was removed.") }
    }
}
