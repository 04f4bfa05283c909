import ArgumentParser
import Foundation
import Joblib

@main
struct CachedPipeline: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cached-pipeline",
        abstract: "Finds the files of a folder that resemble each other, in steps whose results are kept."
    )

    @Argument(help: "The folder. (default: this repository)", completion: .directory)
    var folder: String?

    @Option(help: "The directory of the cache.", completion: .directory)
    var cache = "cached-pipeline-cache"

    @Option(help: "How large the cache may be, such as 10M; what was not used for longest is removed.")
    var limit = "1G"

    @Option(help: "The version of the function that makes profiles.")
    var profileVersion = 1

    @Option(help: "The version of the function that compares profiles.")
    var similarityVersion = 1

    @Option(help: "How many files to read at a time; -1 is one for each processor.")
    var jobs = -1

    @Flag(help: "Empty the cache first.")
    var clear = false

    func run() throws {
        let memory = try Memory(location: cache, limit: ByteCount(parsing: limit), verbose: 0)
        if clear { try memory.clear() }
        let profile = memory.cached(profile(of:), as: "profile", version: CacheVersion(profileVersion))
        let similarity = memory.cached(similarity(of:), as: "similarity", version: CacheVersion(similarityVersion))
        let closest = memory.cached(closestPairs(in:count:), as: "closestPairs")

        let (names, texts) = try source()
        var profiles = Step("profile")
        // The argument is the text and not the name of its file: a file that changes has another profile.
        let vectors = try profiles.measure {
            try Parallel(jobs: JobCount(jobs)).map(texts) { try profile.callWithInfo($0) }
        }
        var similarities = Step("similarity")
        let matrix = try similarities.measure { [try similarity.callWithInfo(vectors)] }[0]
        var pairs = Step("closest pairs")
        let found = try pairs.measure { [try closest.callWithInfo(matrix, 5)] }[0]

        print("\(names.count) files")
        for step in [profiles, similarities, pairs] { print(step) }
        for pair in found {
            print(String(format: "%.3f  ", pair.similarity) + "\(names[pair.first])  \(names[pair.second])")
        }
        print(memory.statistics)
    }

    /// The names of the files below the folder, and their texts.
    private func source() throws -> (names: [String], texts: [String]) {
        let root = folder.map { URL(filePath: $0, directoryHint: .isDirectory) } ?? repository
        let files = textFiles(under: root)
        let texts = files.compactMap { name in
            (try? String(contentsOf: root.appending(path: name), encoding: .utf8)).map { (name, $0) }
        }
        guard texts.count > 1 else {
            throw ValidationError("There are no two Markdown or Swift files in \(folder ?? "the repository").")
        }
        return unzip(texts)
    }
}
