internal import Joblib
internal import JoblibSystem

extension InfoReport {
    /// The backends by their names, and whether worker processes start.
    static func backends() -> Section {
        var failure: String?
        do {
            // The worker is this program again; its first task shows that it starts and can be talked to.
            _ = try Parallel(jobs: 1, backend: .processes).map([1]) { $0 }
        } catch {
            failure = "\(error)"
        }
        let names = ParallelBackendRegistry.names
        let standard = Environment.value("JOBLIB_BACKEND").flatMap { $0.isEmpty ? nil : $0 } ?? "threads"
        let isKnown = names.contains(standard)
        return Section(
            key: "backends",
            title: "Backends",
            facts: [
                Fact(
                    key: "names",
                    value: .array(names.map { .string($0) }),
                    label: "names",
                    text: names.joined(separator: ", ")
                ),
                Fact(
                    key: "default",
                    value: .string(standard),
                    label: "used if none is named",
                    text: isKnown ? standard : "\(standard), which JOBLIB_BACKEND names and nobody knows",
                    isBad: !isKnown
                ),
                Fact(
                    key: "processesWork",
                    value: .bool(failure == nil),
                    label: "worker processes",
                    text: failure.map { "do not start: \($0)" } ?? "start",
                    isBad: failure != nil
                ),
            ]
        )
    }

    /// How worker processes get large arrays.
    static func sharedMemory() -> Section {
        var failure: String?
        do {
            _ = try SharedMemory.create(byteCount: 1 << 20).map(.readOnly)
        } catch {
            failure = "\(error)"
        }
        let pages = SharedMemory.largePagePolicies()
        let isInPlace = SharedMemory.mapsArraysInPlace
        return Section(
            key: "sharedMemory",
            title: "Arrays for worker processes",
            facts: [
                Fact(
                    key: "mechanism",
                    value: .string(SharedMemory.mechanism),
                    label: "shared memory",
                    text: failure.map { "\(SharedMemory.mechanism) fails: \($0)" } ?? SharedMemory.mechanism,
                    isBad: failure != nil
                ),
                Fact(key: "works", value: .bool(failure == nil), label: "works"),
                Fact(
                    key: "arraysInPlace",
                    value: .bool(isInPlace),
                    label: "arrays",
                    text: isInPlace ? "mapped, not copied" : "copied: this Swift lays arrays out in another way"
                ),
                Fact(
                    key: "largePages",
                    value: .optional(pages.anonymous),
                    label: "pages of 2 MiB",
                    text: pages.anonymous.map {
                        $0 == "never" ? "refused by the system" : "as the program asks (\($0))"
                    }
                        ?? "not known"
                ),
                Fact(
                    key: "largePagesShared",
                    value: .optional(pages.shared),
                    label: "for shared memory",
                    text: pages.shared ?? "not known"
                ),
            ]
        )
    }

    /// The compression methods, and the libraries that they need.
    static func codecs() -> Section {
        let facts = SystemLibrary.allCases.map { library in
            fact(of: library, presence: library.presence)
        }
        return Section(key: "codecs", title: "Compression", facts: facts)
    }

    static func fact(of library: SystemLibrary, presence: SystemLibrary.Presence) -> Fact {
        let methods = library.methods
        var version: String?
        var isFound = false
        if case .found(let text) = presence { (version, isFound) = (text, true) }
        let text =
            isFound
            ? "found" + (version.map { ": \(library.name) \($0)" } ?? "")
            : "missing: apt install \(library.debianPackage), or brew install \(library.brewFormula)"
        return Fact(
            key: library.name,
            value: .object([
                ("found", .bool(isFound)),
                ("version", .optional(version)),
                ("methods", .array(methods.map { .string($0) })),
                ("debianPackage", .string(library.debianPackage)),
                ("homebrewFormula", .string(library.brewFormula)),
            ]),
            label: methods.joined(separator: ", "),
            text: text,
            isBad: !isFound
        )
    }
}

extension SystemLibrary {
    /// The names in ``CompressorRegistry`` of the methods that need the library.
    var methods: [String] {
        switch self {
        case .zlib: ["zlib", "gzip"]
        case .bzip2: ["bz2"]
        case .lzma: ["xz", "lzma"]
        case .lz4: ["lz4"]
        case .zstd: ["zstd"]
        }
    }
}
