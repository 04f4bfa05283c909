import ArgumentParser
internal import Joblib
internal import JoblibMemory
internal import JoblibParallel
internal import JoblibSystem

/// `joblib cache prune`: removes what is over some limits.
struct CachePrune: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Removes results until limits hold, those first that were not used for longest."
    )

    @OptionGroup var options: CacheOptions

    @Option(help: ArgumentHelp("The size of what stays, such as 500M or 1G.", valueName: "size"))
    var maxSize: ByteLimit?

    @Option(help: ArgumentHelp("Results not used for so long go, such as 12h, 7d or 2w.", valueName: "time"))
    var maxAge: AgeLimit?

    @Option(help: ArgumentHelp("How many results stay.", valueName: "count"))
    var maxItems: Int?

    @Option(name: .shortAndLong, help: ArgumentHelp("Look at results of this function only.", valueName: "name"))
    var function: String?

    @Flag(help: "Say what would go, and remove nothing.")
    var dryRun = false

    func validate() throws {
        if maxSize == nil && maxAge == nil && maxItems == nil {
            throw ValidationError(
                "Give a limit: --max-size, --max-age or --max-items. To remove all results, use joblib cache clear."
            )
        }
        if let maxItems, maxItems < 0 { throw ValidationError("--max-items must not be negative.") }
    }

    func run() throws {
        let cache = try options.open()
        let limits = CacheLimits(bytes: maxSize?.bytes, items: maxItems, age: maxAge?.age)
        let all = try cache.items(of: function)
        let surplus = try cache.surplus(over: limits, of: function)
        // What each of them is has to be asked while they are there.
        let entries = dryRun || options.json ? surplus.compactMap(cache.entry) : []
        if !dryRun { try cache.remove(surplus) }
        let removedBytes = surplus.reduce(0) { $0 + $1.byteCount }
        let keptBytes = max(0, all.reduce(0) { $0 + $1.byteCount } - removedBytes)
        let kept = max(0, all.count - surplus.count)
        if options.json {
            let json = JSONValue.object([
                ("dryRun", .bool(dryRun)),
                ("removed", .object([("entries", .int(surplus.count)), ("bytes", .int(removedBytes))])),
                ("kept", .object([("entries", .int(kept)), ("bytes", .int(keptBytes))])),
                ("entries", .array(entries.map(\.json))),
            ])
            return try StandardOutput.write(json.text + "\n")
        }
        var text = ""
        for entry in entries {
            text += "\(entry.call)  \(SizeText.bytes(entry.byteCount)), unused for \(SizeText.age(entry.unused))\n"
        }
        text += dryRun ? "Would remove " : "Removed "
        text += "\(HumanText.count(surplus.count, "result")), \(SizeText.bytes(removedBytes)). "
        text += "\(HumanText.count(kept, "result")), \(SizeText.bytes(keptBytes)), "
        text += dryRun ? "would stay.\n" : kept == 1 ? "stays.\n" : "stay.\n"
        try StandardOutput.write(text)
    }
}
