import ArgumentParser
import Foundation
import Joblib

@main
struct Convolve: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convolve",
        abstract: "Measures what a parallel loop gains, over the size of its tasks and the number of jobs."
    )

    @Option(help: "The length of the first arrays that are convolved.")
    var length = 40_000

    @Option(parsing: .upToNextOption, help: "The lengths to measure. (default: 1000 2000 … 10000)")
    var sizes: [Int] = []

    @Option(help: "Measure 1 job, 2 jobs … up to this number.")
    var maxJobs = 8

    @Flag(help: "Measure 5000, 10000 … 50000: the article's lengths, about 25 times the work.")
    var full = false

    @Option(help: "The folder for times.txt and the plots.", completion: .directory)
    var output = "convolve-results"

    func validate() throws {
        guard length > 0, maxJobs > 0, sizes.allSatisfy({ $0 > 0 }) else {
            throw ValidationError("--length, --max-jobs and --sizes take numbers of 1 or more.")
        }
    }

    func run() throws {
        try comparePowers()
        try compareTimes()
        try showProgress()

        let folder = URL(filePath: output, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let table = try times(storedIn: folder.appending(path: "times.txt"))
        try draw(table, in: folder)
    }

    private var lengths: [Int] {
        guard sizes.isEmpty else { return sizes }
        return (1...10).map { $0 * (full ? 5000 : 1000) }
    }

    private func comparePowers() throws {
        print((0..<10).map { power($0, 2) })
        print(try Parallel()((0..<10).map { delayed(power)($0, 2) }))
        // To choose how many run at a time, set `jobs`.
        print(try Parallel(jobs: 8)((0..<10).map { delayed(power)($0, 2) }))
    }

    private func compareTimes() throws {
        let sizes = (0..<8).map { length + $0 * length / 40 }
        time("convolveRandom(\(length))") {
            _ = convolveRandom(length)
        }
        time("\(sizes.count) sizes, sequentially") {
            _ = sizes.map { convolveRandom($0) }
        }
        try time("\(sizes.count) sizes, 8 jobs") {
            _ = try Parallel(jobs: 8)(sizes.map { delayed(convolveRandom)($0) })
        }
    }

    /// The frequency of the messages, on standard error, increases with `verbose`.
    private func showProgress() throws {
        let sizes = (0..<16).map { length + $0 * length / 40 }
        let results = try Parallel(jobs: 8, verbose: 50)(sizes.map { delayed(convolveRandom)($0) })
        print("Convolved \(results.count) pairs of arrays")
    }

    /// Measures, unless the times were measured before: no need to run it twice.
    private func times(storedIn file: URL) throws -> TimeTable {
        let jobs = Array(1...maxJobs)
        if FileManager.default.fileExists(atPath: file.path) {
            print("Reading the times from \(file.relativePath)")
        } else {
            print("Measuring \(lengths.count) sizes with 1 to \(maxJobs) jobs")
            let table = try TimeTable(jobs: jobs, sizes: lengths) { jobs, size in
                try ContinuousClock().measure {
                    _ = try Parallel(jobs: JobCount(jobs))((0..<maxJobs).map { _ in delayed(convolveRandom)(size) })
                }
            }
            try table.write(to: file)
            print("Wrote \(file.relativePath)")
        }
        return try TimeTable(jobs: jobs, sizes: lengths, contentsOf: file)
    }

    private func draw(_ table: TimeTable, in folder: URL) throws {
        let byJobs = folder.appending(path: "times-by-jobs.svg")
        try LinePlot.write(table.plotsByJobs(), columns: 2, to: byJobs.path)
        print("Wrote \(byJobs.relativePath)")

        let bySize = folder.appending(path: "times-by-size.svg")
        try table.plotBySize().write(to: bySize.path)
        print("Wrote \(bySize.relativePath)")
    }

    private func time(_ what: String, _ work: () throws -> Void) rethrows {
        let duration = try ContinuousClock().measure(work)
        print(what + ":", String(format: "%.3f s", duration / .seconds(1)))
    }
}

func power(_ base: Int, _ exponent: Int) -> Int {
    (0..<exponent).reduce(1) { product, _ in product * base }
}
