import ArgumentParser
internal import Joblib
internal import JoblibMemory
internal import JoblibParallel
internal import JoblibSystem

/// `joblib cache info`: how much there is, function by function.
struct CacheSummary: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Shows how much a cache holds, function by function.",
        discussion: """
            COMPUTED IN is how long it has taken to compute what is stored: what the cache saves when all of it is used \
            once more. Limits and hit rates belong to the programs: memory.statistics tells them.
            """
    )

    @OptionGroup var options: CacheOptions

    /// The entries of one function, or of all.
    struct Part {
        var entries = 0
        var bytes = 0
        var damaged = 0
        var versions: Set<String> = []
        var took = Duration.zero
        var unused: ClosedRange<Duration>?

        mutating func add(_ entry: InspectedEntry) {
            entries += 1
            bytes += entry.byteCount
            unused =
                min(
                    unused?.lowerBound ?? entry.unused,
                    entry.unused
                )...max(
                    unused?.upperBound ?? entry.unused,
                    entry.unused
                )
            if let details = entry.details {
                versions.insert(details.version)
                took += details.duration
            } else {
                damaged += 1
            }
        }

        var members: [(String, JSONValue)] {
            [
                ("entries", .int(entries)), ("bytes", .int(bytes)), ("damaged", .int(damaged)),
                ("tookSeconds", .double(took / .seconds(1))),
                ("unusedSeconds", unused.map { .double($0.lowerBound / .seconds(1)) } ?? .null),
                ("longestUnusedSeconds", unused.map { .double($0.upperBound / .seconds(1)) } ?? .null),
            ]
        }
    }

    func run() throws {
        let cache = try options.open()
        var all = Part()
        var functions: [String: Part] = [:]
        for item in try cache.items() {
            guard let entry = cache.entry(item) else { continue }
            all.add(entry)
            functions[entry.function, default: Part()].add(entry)
        }
        let sorted = functions.sorted { ($1.value.bytes, $0.key) < ($0.value.bytes, $1.key) }
        if options.json {
            let parts = sorted.map { name, part in
                let versions = part.versions.sorted().map { JSONValue.string($0) }
                return JSONValue.object([("function", .string(name))] + part.members + [("versions", .array(versions))])
            }
            let members = [("cache", JSONValue.string(cache.root))] + all.members + [("functions", .array(parts))]
            try StandardOutput.write(JSONValue.object(members).text + "\n")
        } else {
            let lines = Self.lines(cache, all, sorted, .output, width: Terminal.columns(StandardOutput.descriptor))
            try StandardOutput.write(lines.joined(separator: "\n") + "\n")
        }
    }

    private static func lines(
        _ cache: CacheInspector,
        _ all: Part,
        _ functions: [(key: String, value: Part)],
        _ style: TextStyle,
        width: Int?
    ) -> [String] {
        var facts = [
            ("Cache", cache.root),
            ("Results", all.entries == 0 ? "none" : HumanText.count(all.entries)),
            ("Size", SizeText.bytes(all.bytes)),
        ]
        if let unused = all.unused {
            facts.append(("Computed in", HumanText.duration(all.took)))
            facts.append(("Last used", "\(SizeText.age(unused.lowerBound)) ago"))
            facts.append(("Longest unused", "for \(SizeText.age(unused.upperBound))"))
        }
        if all.damaged > 0 {
            facts.append(("Damaged", style.red("\(HumanText.count(all.damaged)), see joblib cache verify")))
        }
        let indent = (facts.map(\.0.count).max() ?? 0) + 2
        var lines = facts.map { name, value in
            style.bold(name) + String(repeating: " ", count: indent - name.count) + value
        }
        if functions.isEmpty { return lines }
        let table = ColumnTable(
            columns: [
                .init(title: "FUNCTION", isElastic: true), .init(title: "RESULTS", isRight: true),
                .init(title: "SIZE", isRight: true), .init(title: "COMPUTED IN", isRight: true),
                .init(title: "LAST USED", isRight: true), .init(title: "VERSIONS"),
            ],
            rows: functions.map { name, part in
                [
                    name, HumanText.count(part.entries), SizeText.bytes(part.bytes), HumanText.duration(part.took),
                    part.unused.map { "\(SizeText.age($0.lowerBound)) ago" } ?? "",
                    part.versions.sorted().map { ColumnTable.cut($0, to: 12) }.joined(separator: ", "),
                ]
            }
        )
        lines.append("")
        return lines + table.lines(style, width: width)
    }
}
