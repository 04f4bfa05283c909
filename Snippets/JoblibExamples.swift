// The examples of joblib's documentation, in Swift.
import Foundation
import Joblib

// snippet.simple
let roots = try Parallel(jobs: 1)((0..<10).map { delayed(sqrt)(Double($0 * $0)) })
print(roots)  // [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]
// snippet.end
precondition(roots == (0..<10).map(Double.init))

// Every example runs in worker processes as well.
// snippet.simpleInProcesses
let apart = try Parallel(jobs: 2, backend: .processes)((0..<10).map { delayed(sqrt)(Double($0 * $0)) })
// snippet.end
precondition(apart == roots)

// snippet.pairs
func parts(of x: Double) -> (fraction: Double, whole: Double) {
    (x.truncatingRemainder(dividingBy: 1), x.rounded(.towardZero))
}

let (fractions, wholes) = unzip(try Parallel(jobs: 1)((0..<10).map { delayed(parts)(Double($0) / 2) }))
print(fractions)  // [0.0, 0.5, 0.0, 0.5, 0.0, 0.5, 0.0, 0.5, 0.0, 0.5]
print(wholes)  // [0.0, 0.0, 1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0]
// snippet.end
precondition(fractions == [0, 0.5, 0, 0.5, 0, 0.5, 0, 0.5, 0, 0.5] && wholes == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4])

let workers = Parallel(jobs: 2, backend: .processes)
let (fractionsApart, wholesApart) = unzip(try workers((0..<10).map { delayed(parts)(Double($0) / 2) }))
precondition(fractionsApart == fractions && wholesApart == wholes)

// snippet.progress
_ = try Parallel(jobs: 2, verbose: 5)((0..<10).map { _ in delayed(Thread.sleep(forTimeInterval:))(0.1) })
// snippet.end
_ = try Parallel(jobs: 2, backend: .processes, verbose: 5)(
    (0..<10).map { _ in delayed(Thread.sleep(forTimeInterval:))(0.1) }
)

// snippet.error
struct NotANumber: Error, Codable, CustomStringConvertible {
    var text: String
    var description: String { "“\(text)” is not a whole number" }
}

func largest(_ count: Int, in text: String) throws -> [Int] {
    let numbers = try text.split(separator: " ").map { word in
        guard let number = Int(word) else { throw NotANumber(text: String(word)) }
        return number
    }
    return Array(numbers.sorted(by: >).prefix(count))
}

do {
    _ = try Parallel(jobs: 2)(["0 1 2 3", "5 8 2", "3 x"].map { delayed(largest)(2, $0) })
} catch let failure as TaskFailure {
    print(failure)
}
// snippet.end

// snippet.traceback
do {
    _ = try Parallel(jobs: 2, backend: .processes)(["0 1 2 3", "5 8 2", "3 x"].map { delayed(largest)(2, $0) })
    preconditionFailure("a letter is no number")
} catch let failure as TaskFailure {
    print(failure)  // with the line that threw, in another process
    // snippet.hide
    precondition(failure.index == 2 && failure.reason == .threw && failure.underlying is NotANumber)
    precondition(failure.traceback.contains { $0.function.contains("largest") })
    // snippet.show
}
// snippet.end

// snippet.producer
func producer() -> AnySequence<Double> {
    AnySequence(
        sequence(state: 0.0) { next -> Double? in
            guard next < 6 else { return nil }
            print("Produced", next)
            defer { next += 1 }
            return next
        }
    )
}

let out = try Parallel(jobs: 2, verbose: 100, preDispatch: "1.5*n_jobs")(producer().lazy.map { delayed(sqrt)($0) })
// snippet.end
precondition(out == (0..<6).map { sqrt(Double($0)) })

let outApart = try Parallel(jobs: 2, backend: .processes, verbose: 100, preDispatch: "1.5*n_jobs")(
    producer().lazy.map { delayed(sqrt)($0) }
)
precondition(outApart == out)

let powers = try workers((0..<10).map { delayed { pow($0, $1) }(Double($0), 2.0) })
precondition(powers == (0..<10).map { Double($0 * $0) })

// snippet.hide
struct Image: Codable, Sendable {}
let allImages = [Image(), Image()]

func hog(_ image: Image) -> [Double] { [0] }
// snippet.show

// snippet.delayed
let features = try Parallel(jobs: 8)(allImages.map { delayed(hog)($0) })
// The same, as Swift says it:
let hogs = try Parallel(jobs: 8).map(allImages) { hog($0) }
// snippet.end
precondition(features == hogs)
let hogsApart = try Parallel(jobs: 8, backend: .processes).map(allImages) { hog($0) }
precondition(hogsApart == hogs)

// snippet.hide
let data = [112.0, 118, 132, 129]
let testCount = 2
let configurations = [1, 2, 3]

func scoreModel(data: [Double], testCount: Int, configuration: Int) -> Double {
    data.suffix(testCount).reduce(0, +) / Double(configuration)
}
// snippet.show

// snippet.grid
let executor = Parallel(jobs: JobCount(cpuCount()))
let tasks = configurations.lazy.map { delayed(scoreModel)(data, testCount, $0) }
let scores = try executor(tasks)
// With argument labels, and data that is shared by all tasks:
let same = try executor.map(configurations, sharing: data) { configuration, data in
    scoreModel(data: data, testCount: testCount, configuration: configuration)
}
// snippet.end
precondition(scores == same)

// snippet.gridInProcesses
let separate = Parallel(jobs: JobCount(cpuCount()), backend: .processes)
let scoresApart = try separate(configurations.lazy.map { delayed(scoreModel)(data, testCount, $0) })
// snippet.end
precondition(scoresApart == scores)
let sharedApart = try separate.map(configurations, sharing: (data, testCount)) { configuration, known in
    scoreModel(data: known.0, testCount: known.1, configuration: configuration)
}
precondition(sharedApart == scores)

// snippet.hide
func processData(_ x: Int) -> Double {
    Thread.sleep(forTimeInterval: 0.01)
    return sqrt(Double(x))
}
// snippet.show

// snippet.linear
let items = stride(from: 100, to: 2001, by: 100)
for item in items { _ = processData(item) }

let results = try Parallel(jobs: 10).map(items) { processData($0) }
// snippet.end
precondition(results == items.map { sqrt(Double($0)) })
let resultsApart = try Parallel(jobs: 10, backend: .processes).map(items) { processData($0) }
precondition(resultsApart == results)

// snippet.hide
let maxJobs = 2
let sizes = [100, 200]

func convolveRandom(_ size: Int) -> Int { (0..<size).reduce(0) { $0 + ($1 * $1) % 7 } }
// snippet.show

// snippet.times
let clock = ContinuousClock()
let times = try (1...maxJobs).map { jobs in
    try sizes.map { size in
        try clock.measure {
            _ = try Parallel(jobs: JobCount(jobs))((0..<maxJobs).map { _ in delayed(convolveRandom)(size) })
        }
    }
}
// snippet.end
precondition(times.count == maxJobs && times.allSatisfy { $0.count == sizes.count })
let timesApart = try (1...maxJobs).map { jobs in
    try sizes.map { size in
        let parallel = Parallel(jobs: JobCount(jobs), backend: .processes)
        return try clock.measure { _ = try parallel((0..<maxJobs).map { _ in delayed(convolveRandom)(size) }) }
    }
}
precondition(timesApart.count == maxJobs && timesApart.allSatisfy { $0.count == sizes.count })
