// The examples of joblib's documentation, in Swift.
import Foundation
import Joblib

// snippet.simple
let roots = try Parallel(jobs: 1)((0..<10).map { delayed(sqrt)(Double($0 * $0)) })
print(roots)  // [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]
// snippet.end
precondition(roots == (0..<10).map(Double.init))

// snippet.pairs
func parts(of x: Double) -> (fraction: Double, whole: Double) {
    (x.truncatingRemainder(dividingBy: 1), x.rounded(.towardZero))
}

let (fractions, wholes) = unzip(try Parallel(jobs: 1)((0..<10).map { delayed(parts)(Double($0) / 2) }))
print(fractions)  // [0.0, 0.5, 0.0, 0.5, 0.0, 0.5, 0.0, 0.5, 0.0, 0.5]
print(wholes)  // [0.0, 0.0, 1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0]
// snippet.end
precondition(fractions == [0, 0.5, 0, 0.5, 0, 0.5, 0, 0.5, 0, 0.5] && wholes == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4])

// snippet.progress
_ = try Parallel(jobs: 2, verbose: 5)((0..<10).map { _ in delayed(Thread.sleep(forTimeInterval:))(0.1) })
// snippet.end

// snippet.error
struct NotANumber: Error, CustomStringConvertible {
    var text: Substring
    var description: String { "“\(text)” is not a whole number" }
}

func largest(_ count: Int, in text: String) throws -> [Int] {
    let numbers = try text.split(separator: " ").map { word in
        guard let number = Int(word) else { throw NotANumber(text: word) }
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

// snippet.hide
struct Image: Sendable {}
let allImages = [Image(), Image()]

func hog(_ image: Image) -> [Double] { [0] }
// snippet.show

// snippet.delayed
let features = try Parallel(jobs: 8)(allImages.map { delayed(hog)($0) })
// The same, as Swift says it:
let hogs = try Parallel(jobs: 8).map(allImages) { hog($0) }
// snippet.end
precondition(features == hogs)

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
            _ = try Parallel(jobs: JobCount(jobs)).map(0..<maxJobs) { _ in convolveRandom(size) }
        }
    }
}
// snippet.end
precondition(times.count == maxJobs && times.allSatisfy { $0.count == sizes.count })
