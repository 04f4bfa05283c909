// What a worker process has before its first task, and how long it lives.
import Joblib
import Synchronization

// snippet.initializer
enum Model {
    /// Made anew in each process, and empty until something is read into it.
    static let weights = Mutex<[Double]>([])

    static func read() throws {
        // Read from a file, as a rule.
        weights.withLock { $0 = [0.5, 0.25, 0.125] }
    }

    static func score(_ features: [Double]) -> Double {
        weights.withLock { zip($0, features).reduce(0) { $0 + $1.0 * $1.1 } }
    }
}

let prepared = Parallel(jobs: 2, backend: .processes(initializer: { try Model.read() }))
let scores = try prepared.map([[2, 4, 8], [4, 0, 0]]) { Model.score($0) }
print(scores)  // [3.0, 2.0]
// snippet.end
precondition(scores == [3, 2])

// snippet.life
let tidy = Parallel(
    jobs: 2,
    backend: .processes(
        maxTasksPerWorker: 100,  // a library in it leaks a little
        maxWorkerMemory: "2G",
        idleTime: .seconds(20)
    )
)
let squares = try tidy.map(1...1000) { $0 * $0 }
// snippet.end
precondition(squares.last == 1_000_000)

// snippet.pool
// The same two workers for all rounds, which end with the block.
let total = try Parallel(jobs: 2, backend: .processes).withPool { parallel in
    try (1...3).map { round in try parallel.map(1...4, sharing: round) { $0 * $1 }.reduce(0, +) }.reduce(0, +)
}
// snippet.end
precondition(total == 60)

// snippet.json
let readable = Parallel(jobs: 2, backend: .processes(transport: .json))
let words = try readable.map(["one", "two"]) { $0.uppercased() }
// snippet.end
precondition(words == ["ONE", "TWO"])

// snippet.wish
// Worker processes where the tasks can travel, threads where they can't, as here.
let suffix = "!"
let loud = try Parallel(jobs: 2, prefer: .processes).map(words) { [suffix] word in word + suffix }
// snippet.end
precondition(loud == ["ONE!", "TWO!"])

// snippet.interrupt
func save(_ rows: [Int]) { print("saved", rows.count, "rows") }

var rows: [Int] = []
do {
    let careful = Parallel(jobs: 2, backend: .processes(interruption: .throwing))
    let stream = careful.stream(1...20) { $0 * 2 }
    while let row = try stream.next() { rows.append(row) }
} catch let error as JoblibError where error.code == .interrupted {
    print("Ctrl-C")
}
save(rows)
// snippet.end
precondition(rows.count == 20)
