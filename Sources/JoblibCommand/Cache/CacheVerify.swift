import ArgumentParser
internal import Joblib
internal import JoblibMemory
internal import JoblibParallel
internal import JoblibSystem

/// `joblib cache verify`: reads everything and compares the checksums.
struct CacheVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Checks the checksum of every result.",
        discussion: "The exit code is 1 when results are damaged, and 0 when --repair has removed them all."
    )

    @OptionGroup var options: CacheOptions

    @Flag(help: "Remove damaged results; they are computed again when they are needed.")
    var repair = false

    private struct Damage {
        var item: StoredItem
        var entry: InspectedEntry
        var reason: String
        var isRemoved: Bool
    }

    func run() throws {
        let cache = try options.open()
        let filed = try cache.filed()
        let isWatched = Terminal.isTerminal(StandardError.descriptor) && !options.json
        let reasons = try Parallel(jobs: .allProcessors, progress: isWatched ? .bar : .hidden)
            .map(filed) { cache.damage(of: $0) }
        var damages: [Damage] = []
        for (item, reason) in zip(filed, reasons) {
            guard let reason, let entry = cache.entry(item) else { continue }
            let isRemoved = repair ? try cache.repair(item) : false
            damages.append(Damage(item: item, entry: entry, reason: reason, isRemoved: isRemoved))
        }
        let unlisted = try cache.unlisted(filed)
        if repair, !unlisted.isEmpty { try cache.rebuildIndex() }
        try report(damages, checked: filed.count, bytes: filed.reduce(0) { $0 + $1.byteCount }, unlisted.count)
        if damages.contains(where: { !$0.isRemoved && cache.damage(of: $0.item) != nil }) {
            throw ExitCode(CommandExit.failed)
        }
    }

    private func report(_ damages: [Damage], checked: Int, bytes: Int, _ unlisted: Int) throws {
        if options.json {
            let json = JSONValue.object([
                ("checked", .int(checked)), ("bytes", .int(bytes)),
                (
                    "damaged",
                    .array(
                        damages.map { damage in
                            .object([
                                ("function", .string(damage.entry.function)),
                                ("key", .string(damage.entry.key.description)),
                                ("path", .string(damage.entry.path)), ("bytes", .int(damage.entry.byteCount)),
                                ("reason", .string(damage.reason)), ("removed", .bool(damage.isRemoved)),
                            ])
                        }
                    )
                ),
                ("unlisted", .int(unlisted)),
            ])
            return try StandardOutput.write(json.text + "\n")
        }
        let style = TextStyle.output
        var text = ""
        for damage in damages {
            text += "\(style.red(damage.isRemoved ? "removed" : "damaged"))  \(damage.entry.call): \(damage.reason)\n"
            text += "         \(style.dim(damage.entry.path))\n"
        }
        if unlisted > 0 {
            text += "\(HumanText.count(unlisted, "result")) missing from the index"
            text += repair ? ": it was made anew.\n" : ", and not counted by limits: --repair makes it anew.\n"
        }
        text += "Checked \(HumanText.count(checked, "result")), \(SizeText.bytes(bytes)): "
        text += damages.isEmpty ? style.green("none is damaged.") : "\(HumanText.count(damages.count)) damaged."
        if !damages.isEmpty, !repair { text += " --repair removes what is damaged." }
        try StandardOutput.write(text + "\n")
    }
}
