// Large arrays that all worker processes have in the same memory.
import Joblib

// snippet.shared
let signal = (0..<1_000_000).map { Double($0 % 1000) }

// 8 MB, which are copied once, however many workers and tasks there are.
let means = try Parallel(jobs: 2, backend: .processes).map(0..<8, sharing: signal) { part, signal in
    let window = signal[(part * 125_000)..<((part + 1) * 125_000)]
    return window.reduce(0, +) / Double(window.count)
}
// snippet.end
precondition(means == Array(repeating: 499.5, count: 8))

// snippet.several
struct Inputs: Codable, Sendable {
    var signal: [Double]
    var weights: [Float]
    var title: String
}

let inputs = Inputs(signal: signal, weights: Array(repeating: 0.5, count: 500_000), title: "a test")
let sums = try Parallel(jobs: 2, backend: .processes).map([0, 1], sharing: inputs) { first, inputs in
    stride(from: first, to: inputs.weights.count, by: 2)
        .reduce(0) { $0 + inputs.signal[$1] * Double(inputs.weights[$1]) }
}
// snippet.end
precondition(sums.reduce(0, +) == inputs.signal.prefix(500_000).reduce(0, +) / 2)

// snippet.arguments
func power(_ signal: [Double], _ lag: Int) -> Double {
    zip(signal, signal.dropFirst(lag)).reduce(0) { $0 + $1.0 * $1.1 }
}

// The same array in each call: it is known again, and copied once.
let powers = try Parallel(jobs: 2, backend: .processes)([1, 10, 100].map { delayed(power)(signal, $0) })
// snippet.end
precondition(powers == [1, 10, 100].map { power(signal, $0) })

// snippet.options
let small = Parallel(jobs: 2, backend: .processes, sharedMemoryThreshold: "64K")
let never = Parallel(jobs: 2, backend: .processes, sharedMemoryThreshold: nil)
// A file without a name there, instead of memory: for arrays that are larger than that.
let onDisk = Parallel(jobs: 2, backend: .processes, temporaryDirectory: "/var/tmp")
// snippet.end
for parallel in [small, never, onDisk] {
    let found = try parallel.map(0..<2, sharing: signal) { $1[$0 + 5] }
    precondition(found == [5, 6])
}

// snippet.writing
let lowered = try Parallel(jobs: 2, backend: .processes).map([1.0, 2.0], sharing: signal) { amount, signal in
    var copy = signal  // no copy yet
    copy[0] -= amount  // now there is one, of this task
    return copy[0]
}
print(lowered, signal[0])  // [-1.0, -2.0] 0.0
// snippet.end
precondition(lowered == [-1, -2] && signal[0] == 0)

// snippet.pool
let peaks = try Parallel(jobs: 2, backend: .processes).withPool { parallel in
    // The second call finds the array where the first one has put it.
    let highest = try parallel.map(0..<2, sharing: signal) { $1[($0 * 500_000)...].max() ?? 0 }
    let lowest = try parallel.map(0..<2, sharing: signal) { $1[($0 * 500_000)...].min() ?? 0 }
    return (highest, lowest)
}
// snippet.end
precondition(peaks == ([999, 999], [0, 0]))

// snippet.results
// Large results come back in the same way.
let ramps = try Parallel(jobs: 2, backend: .processes).map([1.0, 2.0]) { step in
    (0..<200_000).map { Double($0) * step }
}
// snippet.end
precondition(ramps[1][100_000] == 200_000)
