// The program of Getting Started: which numbers are primes?
import Joblib

// snippet.function
func isPrime(_ number: Int) -> Bool {
    number > 1 && !(2...).prefix { $0 * $0 <= number }.contains { number.isMultiple(of: $0) }
}
// snippet.end

// snippet.serial
let numbers = Array(1_000_000..<1_000_200)
let serial = numbers.map { isPrime($0) }
// snippet.end

// snippet.parallel
let parallel = try Parallel(jobs: .allProcessors).map(numbers) { isPrime($0) }
print(parallel == serial)  // true
print(parallel.filter { $0 }.count, "primes")  // 16 primes
// snippet.end
precondition(parallel == serial && parallel.filter { $0 }.count == 16)

// snippet.failure
struct NotANumber: Error {
    var text: String
}

func parse(_ text: String) throws -> Int {
    guard let number = Int(text) else { throw NotANumber(text: text) }
    return number
}

do {
    print(try Parallel(jobs: 2).map(["31", "5x", "42"]) { try parse($0) })
} catch let failure as TaskFailure {
    print(failure)
    print("at", failure.index, failure.underlying as? NotANumber as Any)
}
// snippet.end

// snippet.options
let quiet = Parallel(jobs: -2)  // leave one processor free
let debug = Parallel(jobs: 1)  // in the caller, one after the other
let careful = Parallel(jobs: 4, timeout: .seconds(30), retries: .times(2))
let shown = Parallel(jobs: 4, progress: .bar)
// snippet.end
for options in [quiet, debug, careful, shown] {
    let results = try options.map(numbers) { isPrime($0) }
    precondition(results == serial)
}
