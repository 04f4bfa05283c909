// Three ways to see how far a call has come.
import Joblib

// snippet.hide
let files = Array(1...40)

func count(_ file: Int) -> Int { (0..<file * 1000).reduce(0, &+) }
// snippet.show

// snippet.bar
let counts = try Parallel(jobs: 2, progress: .bar).map(files) { count($0) }
// snippet.end

// snippet.verbose
_ = try Parallel(jobs: 2, verbose: 5).map(files) { count($0) }
// snippet.end

// snippet.handler
let parallel = Parallel(
    jobs: 2,
    progress: .handler { snapshot in
        print(snapshot.done, "of", snapshot.total ?? snapshot.dispatched, "done,", snapshot.failed, "failed")
    }
)
_ = try parallel.map(files) { count($0) }
// snippet.end
precondition(counts.count == 40)
