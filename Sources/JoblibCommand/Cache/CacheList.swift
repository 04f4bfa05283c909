import ArgumentParser
internal import Joblib
internal import JoblibMemory
internal import JoblibSystem

/// `joblib cache ls`: the stored results.
struct CacheList: ParsableCommand {
    enum Order: String, ExpressibleByArgument, CaseIterable {
        case use, age, size, name
    }

    static let configuration = CommandConfiguration(commandName: "ls", abstract: "Lists the stored results.")

    @OptionGroup var options: CacheOptions

    @Option(
        name: .shortAndLong,
        help: "Sort by last use, by age (newest first), by size (largest first) or by name.",
        completion: .list(Order.allCases.map(\.rawValue))
    )
    var sort = Order.use

    @Flag(name: .shortAndLong, help: "Turn the order round.")
    var reverse = false

    @Option(name: .shortAndLong, help: ArgumentHelp("Only results of this function.", valueName: "name"))
    var function: String?

    @Option(name: [.customShort("n"), .long], help: ArgumentHelp("At most so many.", valueName: "count"))
    var limit: Int?

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit must not be negative.") }
    }

    func run() throws {
        let cache = try options.open()
        var entries = sorted(try cache.items(of: function).compactMap(cache.entry))
        if let limit { entries = Array(entries.prefix(limit)) }
        if options.json {
            try StandardOutput.write(JSONValue.array(entries.map(\.json)).text + "\n")
        } else if entries.isEmpty {
            StandardError.write(function.map { "No results of \($0).\n" } ?? "The cache is empty.\n")
        } else {
            let width = Terminal.columns(StandardOutput.descriptor)
            let lines = table(entries).lines(.output, width: width)
            try StandardOutput.write(lines.joined(separator: "\n") + "\n")
        }
    }

    private func sorted(_ entries: [InspectedEntry]) -> [InspectedEntry] {
        // Of a damaged entry nobody knows the age: last.
        func age(_ entry: InspectedEntry) -> Duration { entry.details?.age ?? .seconds(Int.max) }
        let sorted = entries.sorted { a, b in
            switch sort {
            case .use: a.lastUse > b.lastUse
            case .age: age(a) < age(b)
            case .size: a.byteCount > b.byteCount
            case .name: (a.call, a.key.digest) < (b.call, b.key.digest)
            }
        }
        return reverse ? sorted.reversed() : sorted
    }

    private func table(_ entries: [InspectedEntry]) -> ColumnTable {
        ColumnTable(
            columns: [
                .init(title: "FUNCTION"), .init(title: "ARGUMENTS", isElastic: true),
                .init(title: "SIZE", isRight: true), .init(title: "AGE", isRight: true),
                .init(title: "UNUSED FOR", isRight: true),
            ],
            rows: entries.map { entry in
                [
                    entry.function,
                    entry.details.map { $0.arguments.joined(separator: ", ") } ?? "(damaged)",
                    SizeText.bytes(entry.byteCount),
                    entry.details.map { SizeText.age($0.age) } ?? "",
                    SizeText.age(entry.unused),
                ]
            }
        )
    }
}
