import ArgumentParser
import Foundation
import Joblib

@main
struct WordCount: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "word-count",
        abstract: "Counts the words of all files in a folder."
    )

    @Argument(
        help: "The folder. (default: this repository, its Markdown and Swift files)",
        completion: .directory
    )
    var folder: String?

    @Option(name: .customLong("extension"), help: "Count only files with this extension; can be given several times.")
    var extensions: [String] = []

    @Option(help: "How many words to show.")
    var top = 20

    @Option(help: "How many files to read at a time; -1 is one for each processor.")
    var jobs = -1

    func validate() throws {
        guard top >= 0 else {
            throw ValidationError("--top takes a number of 0 or more.")
        }
    }

    func run() async throws {
        let files = try source()
        let start = ContinuousClock.now
        // What cannot be counted is a result like any other: the other files are counted nevertheless.
        let results = try await Parallel(jobs: JobCount(jobs), progress: .bar).mapResults(files) { file in
            try WordCounts(contentsOf: file)
        }
        let seconds = start.duration(to: .now) / .seconds(1)

        var words = WordCounts()
        var skipped: [String] = []
        for (file, result) in zip(files, results) {
            switch result {
            case .success(let counts):
                words.add(counts)
            case .failure(let failure):
                skipped.append(file.relativePath + " " + (failure.underlying.map { "\($0)" } ?? "\(failure)"))
            }
        }

        let counted = files.count - skipped.count
        print("\(counted) files, \(words.total) words, \(words.counts.count) different")
        print(String(format: "%.0f files a second", Double(files.count) / seconds))
        for (word, count) in words.top(top) {
            print(String(repeating: " ", count: max(0, 8 - "\(count)".count)) + "\(count) \(word)")
        }
        if !skipped.isEmpty {
            print("\(skipped.count) not counted:")
            for line in skipped { print(line) }
        }
    }

    private func source() throws -> [URL] {
        guard let folder else {
            return files(under: repository, extensions: extensions.isEmpty ? ["md", "swift"] : extensions)
        }
        let url = URL(filePath: folder, directoryHint: .isDirectory)
        guard FileManager.default.isFolder(url) else {
            throw ValidationError("\(folder) is no folder.")
        }
        let found = files(under: url, extensions: extensions)
        guard !found.isEmpty else {
            throw ValidationError("There is no file to count in \(folder).")
        }
        return found
    }
}

extension FileManager {
    fileprivate func isFolder(_ url: URL) -> Bool {
        (try? url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) ?? false
    }
}
