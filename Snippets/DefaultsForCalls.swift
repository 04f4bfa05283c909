// Defaults for calls that are made somewhere else.
import Joblib

// snippet.configuration
func summarise(_ pages: [String]) throws -> [Int] {
    try Parallel().map(pages) { $0.count }  // knows nothing of jobs or backends
}

let sizes = try withParallelConfiguration(jobs: 2, backend: .threads) {
    try summarise(["one", "three"])
}
// snippet.end

// snippet.pool
let state = try Parallel(jobs: 2).withPool { parallel in
    var state = Array(0..<100)
    for _ in 0..<10 { state = try parallel.map(state) { $0 + 1 } }  // the same two threads each time
    return state
}
// snippet.end

// snippet.processors
print(cpuCount(), "processors,", cpuCount(onlyPhysicalCores: true), "cores")
print(effectiveJobs(-2), "jobs for -2")
// snippet.end
precondition(sizes == [3, 5] && state == Array(10..<110))
