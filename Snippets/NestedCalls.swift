// A call inside the tasks of another one.
import Joblib

// snippet.nested
let table = try Parallel(jobs: 4).map(1...4) { row in
    // Not given, jobs is 1 in here. Asked for, workers come out of the same four threads.
    try Parallel(jobs: 4).map(1...4) { column in row * column }
}
// snippet.end
precondition(table == (1...4).map { row in (1...4).map { row * $0 } })
