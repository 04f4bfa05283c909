import ArgumentParser
internal import Joblib
internal import JoblibMemory
internal import JoblibSystem

/// What all subcommands of `joblib cache` take.
struct CacheOptions: ParsableArguments {
    static let variable = "JOBLIB_CACHE_DIR"

    @Argument(
        help: ArgumentHelp("The cache's directory (default: $\(variable)).", valueName: "dir"),
        completion: .directory
    )
    var directory: String?

    @Flag(help: "Print JSON, for programs.")
    var json = false

    /// Opens the cache; makes nothing.
    func open() throws -> CacheInspector {
        if let directory { return try CacheInspector(location: directory) }
        guard let directory = Environment.value(Self.variable), !directory.isEmpty else {
            throw CommandFailure.wrongUse("No cache is named. Give its directory, or set \(Self.variable).")
        }
        return try CacheInspector(location: directory)
    }
}

extension InspectedEntry {
    /// What the entry is the result of, as it would be called: `smoothed(signal, 5)`.
    var call: String { "\(function)(\(details?.arguments.joined(separator: ", ") ?? "…"))" }

    var json: JSONValue {
        var members: [(String, JSONValue)] = [
            ("function", .string(function)),
            ("key", .string(key.description)),
            ("path", .string(path)),
            ("bytes", .int(byteCount)),
            ("lastUse", .double(lastUse)),
            ("unusedSeconds", .double(unused / .seconds(1))),
            ("damaged", .bool(details == nil)),
        ]
        if let details {
            members += [
                ("version", .string(details.version)),
                ("arguments", .array(details.arguments.map { .string($0) })),
                ("resultType", .string(details.resultType)),
                ("created", .double(details.created)),
                ("ageSeconds", .double(details.age / .seconds(1))),
                ("tookSeconds", .double(details.duration / .seconds(1))),
            ]
        }
        return .object(members)
    }
}
