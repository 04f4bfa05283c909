// Failures as values: nothing is lost, nothing is thrown for a task.
import Joblib

struct Unreadable: Error {}

func parse(_ text: String) throws -> Int {
    guard let number = Int(text) else { throw Unreadable() }
    return number
}

// snippet.values
let inputs = ["31", "5x", "42"]
for (input, result) in zip(inputs, try Parallel(jobs: 2).mapResults(inputs, { try parse($0) })) {
    switch result {
    case .success(let number): print(input, "is", number)
    case .failure(let failure): print(input, "failed:", failure.reason, failure.underlying as Any)
    }
}
// snippet.end

// snippet.calls
let results = try Parallel(jobs: 2).results(of: inputs.map { delayed(parse)($0) })
let good = results.compactMap { try? $0.get() }  // [31, 42]
// snippet.end
precondition(good == [31, 42])
