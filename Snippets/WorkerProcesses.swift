// Tasks in worker processes: a crash is an error value, and a timeout stops what takes too long.
import Joblib

// snippet.crash
func middle(_ line: String) -> String {
    let words = line.split(separator: " ")
    return String(words[1])
}

let workers = Parallel(jobs: 2, backend: .processes)
let lines = ["a rolling stone", "gathers no moss", "nothing"]
for result in try workers.mapResults(lines, { middle($0) }) {
    switch result {
    case .success(let word): print(word)
    case .failure(let failure): print(failure)  // the program goes on
    }
}
// snippet.end
let middles = try workers.results(of: lines.map { delayed(middle)($0) })
precondition(middles.compactMap { try? $0.get() } == ["rolling", "no"])
if case .failure(let crash) = middles[2], case .crashed = crash.reason {
    precondition(crash.index == 2)
} else {
    preconditionFailure("the short line should have crashed its worker")
}

// snippet.timeout
func collatz(_ start: Int) -> Int {
    var (number, steps) = (start, 0)
    while number != 1 {
        number = number.isMultiple(of: 2) ? number / 2 : 3 * number + 1
        steps += 1
    }
    return steps
}

// 0 never comes to 1: its worker is ended after five seconds, and the processor is free again.
let limited = Parallel(jobs: 2, backend: .processes, timeout: .seconds(5))
let steps = try limited.mapResults([6, 0, 27]) { collatz($0) }
for case .failure(let failure) in steps { print(failure.call, failure.reason) }
// snippet.end
precondition(steps.compactMap { try? $0.get() } == [8, 111])
if case .failure(let late) = steps[1] {
    precondition(late.reason == .timedOut(after: .seconds(5)))
} else {
    preconditionFailure("0 should have taken too long")
}

// snippet.captures
let factor = 3
do {
    // factor is a variable of this process.
    _ = try workers.map([1, 2, 3]) { [factor] number in number * factor }
} catch let error as JoblibError where error.code == .capturingClosure {
    print(error)
}
// As an argument of each task, or once for all of them:
let products = try workers([1, 2, 3].map { delayed(*)($0, factor) })
let shared = try workers.map([1, 2, 3], sharing: factor) { number, factor in number * factor }
// snippet.end
precondition(products == [3, 6, 9] && shared == products)

// snippet.types
struct Sample: Codable, Sendable {
    var name: String
    var values: [Double]
}

func range(of sample: Sample) -> (low: Double, high: Double)? {
    guard let low = sample.values.min(), let high = sample.values.max() else { return nil }
    return (low, high)
}

// What goes there and what comes back is Codable, or a tuple of Codable values.
let samples = [Sample(name: "a", values: [3, 1, 2]), Sample(name: "b", values: [5])]
let (names, lows) = unzip(try workers.map(samples) { ($0.name, range(of: $0)?.low ?? 0) })
// snippet.end
precondition(names == ["a", "b"] && lows == [1, 5])

// snippet.retry
let stubborn = Parallel(jobs: 2, backend: .processes, retries: .times(2))
let answers = try stubborn.map(1...4) { number in
    // The first attempt at 3 ends its process; the second one is made in a new one.
    if number == 3, TaskContext.current.attempt == 1 { fatalError("out of luck") }
    return number * 10
}
// snippet.end
precondition(answers == [10, 20, 30, 40])
