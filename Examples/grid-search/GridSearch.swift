import ArgumentParser
import Foundation
import Joblib

@main
struct GridSearch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grid-search",
        abstract: "Searches the exponential smoothing model that forecasts a monthly series best."
    )

    @Argument(
        help: "A file of comma-separated values, the observations in the second column. (default: airline passengers)",
        completion: .file(extensions: ["csv"])
    )
    var file: String?

    @Option(help: "How many of the last observations to forecast.")
    var test = 24

    @Option(help: "How many values each smoothing weight takes between 0 and 1.")
    var steps = 9

    @Option(help: "How many models to score at a time; -1 is one for each processor.")
    var jobs = -1

    func validate() throws {
        guard test > 0, (1...20).contains(steps) else {
            throw ValidationError("--test takes a number of 1 or more, --steps one from 1 to 20.")
        }
    }

    func run() throws {
        let data = try timeSeries(contentsOf: input())
        guard data.count - test >= 24 else {
            throw ValidationError(
                "The series has \(data.count) observations: 24 to learn from and the \(test) of --test are needed."
            )
        }
        let executor = Parallel(jobs: JobCount(jobs))
        try searchYearly(data, with: executor)
        try searchPeriods([3, 4, 6, 24, 36, 72], data, with: executor)
    }

    private func input() throws -> URL {
        if let file {
            guard FileManager.default.fileExists(atPath: file) else {
                throw ValidationError("There is no file \(file).")
            }
            return URL(filePath: file)
        }
        guard
            let passengers = Bundle.module.url(
                forResource: "airline-passengers",
                withExtension: "csv",
                subdirectory: "Data"
            )
        else {
            throw ValidationError("The airline passengers are missing beside the program: name a file.")
        }
        return passengers
    }

    /// All the models with a season of twelve months. None of them should fail, so the first failure would end it.
    private func searchYearly(_ data: [Double], with executor: Parallel) throws {
        let configurations = SmoothingConfiguration.grid(period: 12, steps: steps)
        let tasks = configurations.map { delayed(scoreModel)(data, test, $0) }
        let scores = try executor(tasks)

        print("Scored \(scores.count) models on \(test) of \(data.count) observations. The best:")
        for score in scores.sorted(by: { $0.error < $1.error }).prefix(3) {
            print(score.configuration, format(score.error))
        }
    }

    /// Other seasons, not all of which the series is long enough for: failures are results like any other.
    private func searchPeriods(_ periods: [Int], _ data: [Double], with executor: Parallel) throws {
        let configurations = periods.flatMap { period in
            SmoothingConfiguration.grid(period: period, steps: steps).filter { $0.seasonality != .none }
        }
        let results = try executor.results(of: configurations.map { delayed(scoreModel)(data, test, $0) })

        print("\nThe best with other seasons:")
        let perPeriod = configurations.count / periods.count
        for (index, period) in periods.enumerated() {
            let results = results[(index * perPeriod)..<((index + 1) * perPeriod)]
            let errors = results.compactMap { try? $0.get().error }
            var line = "\(period) months: " + (errors.min().map(format) ?? "none")
            if let failure = results.compactMap(\.failure).first {
                let reason = failure.underlying.map { "\($0)" } ?? "\(failure)"
                line += ", \(results.count - errors.count) failed: \(reason)"
            }
            print(line)
        }
    }

    private func format(_ error: Double) -> String {
        String(format: "%.3f", error)
    }
}

extension Result {
    var failure: Failure? {
        if case .failure(let failure) = self { failure } else { nil }
    }
}
