import ArgumentParser
import Foundation
import Joblib

@main
struct ProcessData: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "process-data",
        abstract: "Runs a slow function over twenty items, first one after another, then several at a time."
    )

    @Option(help: "How long the function takes, in seconds.")
    var seconds = 0.5

    @Option(parsing: .unconditional, help: "How many items to process at a time; -1 is one a processor.")
    var jobs = 10

    func validate() throws {
        guard seconds >= 0, seconds.isFinite else {
            throw ValidationError("--seconds is \(seconds): give a time of 0 or more.")
        }
    }

    func run() throws {
        let items = stride(from: 100.0, through: 2000, by: 100)
        let clock = ContinuousClock()

        let linear = clock.measure {
            for item in items {
                _ = processData(item, seconds: seconds)
            }
        }
        print("Linear execution took \(inSeconds(linear)) seconds")

        var results: [Double] = []
        let parallel = try clock.measure {
            results = try Parallel(jobs: JobCount(jobs))(items.map { delayed(processData)($0, seconds) })
        }
        print("Parallel execution took \(inSeconds(parallel)) seconds")
        print(results)
    }

    private func inSeconds(_ duration: Duration) -> String {
        String(format: "%.4f", duration / .seconds(1))
    }
}

/// The square root of `x`, after a nap that stands for time-consuming work.
func processData(_ x: Double, seconds: Double) -> Double {
    Thread.sleep(forTimeInterval: seconds)
    return x.squareRoot()
}
