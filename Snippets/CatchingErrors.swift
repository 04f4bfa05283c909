// The two kinds of errors.
import Joblib

// snippet.hide
struct Torn: Error {}
let wanted = 0
let files = ["a", "b"]

func read(_ file: String) throws -> Int {
    if file == "b" { throw Torn() }
    return file.count
}
// snippet.show

// snippet.kinds
do {
    print(try Parallel(jobs: JobCount(wanted)).map(files) { try read($0) })
} catch let failure as TaskFailure {
    print(files[failure.index], failure.reason, failure.underlying as Any)  // one of your tasks failed
} catch let error as JoblibError {
    print(error.code, error.message, error.remedy as Any)  // the call itself could not be made
}
// snippet.end

// snippet.backend
do {
    _ = try ParallelBackendRegistry.backend(named: "clusters")
} catch let error as JoblibError where error.code == .unknownBackend {
    print(error)
}
// snippet.end

// snippet.cooperative
let sums = try Parallel(jobs: 2).mapResults([10, 1_000_000]) { count in
    var sum = 0
    for number in 0..<count {
        // Another task failed, the time is over, or the caller was cancelled: stop early.
        if number.isMultiple(of: 1000), TaskContext.current.isCancelled { throw CancellationError() }
        sum += number
    }
    return sum
}
// snippet.end
precondition(sums.count == 2)
