import ArgumentParser
import Foundation
import Joblib

@main
struct Fragile: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fragile",
        abstract: "Parses files with a parser that some of them crash, and says what came of each."
    )

    @Argument(help: "The folder of files to parse. (default: those beside this program)", completion: .directory)
    var folder: String?

    @Option(help: "How many worker processes; -1 is one for each processor.")
    var jobs = 2

    func run() throws {
        let files = try source()
        let parallel = Parallel(jobs: JobCount(jobs), backend: .processes, timeout: .seconds(3))
        let results = try parallel.mapResults(files) { try Settings(contentsOf: $0) }

        for (file, result) in zip(files, results) {
            let name = (file as NSString).lastPathComponent
            print(name.padding(toLength: 14, withPad: " ", startingAt: 0) + outcome(result))
        }
        let parsed = results.count { (try? $0.get()) != nil }
        print("\(parsed) of \(files.count) files parsed")

        if let crash = results.lazy.compactMap(\.failure).first(where: \.isCrash) {
            print("\nThe first crash:\n\(crash)")
        }
    }

    private func outcome(_ result: Result<Settings, TaskFailure>) -> String {
        switch result {
        case .success(let settings): "\(settings.values.count) settings, port \(settings.port)"
        case .failure(let failure):
            switch failure.reason {
            case .threw: "threw: \(failure.underlying.map { "\($0)" } ?? "an error")"
            case .crashed(let signal, let message): "crashed: \(message ?? "signal \(signal)")"
            case .timedOut(let limit): "did not end within \(limit)"
            default: "\(failure.reason)"
            }
        }
    }

    private func source() throws -> [String] {
        let url =
            folder.map { URL(filePath: $0, directoryHint: .isDirectory) }
            ?? Bundle.module.url(
                forResource: "Inputs",
                withExtension: nil
            )
        guard let url, let files = try? FileManager.default.contentsOfDirectory(atPath: url.path), !files.isEmpty else {
            throw ValidationError("There is no file to parse in \(folder ?? "the program's folder Inputs").")
        }
        return files.sorted().map { url.appending(path: $0).path }
    }
}

extension Result {
    var failure: Failure? {
        if case .failure(let failure) = self { failure } else { nil }
    }
}

extension TaskFailure {
    var isCrash: Bool {
        if case .crashed = reason { true } else { false }
    }
}
