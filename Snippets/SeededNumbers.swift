// Random numbers that do not depend on who draws them.
import Joblib

// snippet.seed
func throwDice(_ count: Int) -> [Int] {
    (0..<count).map { _ in Int.random(in: 1...6, using: &TaskContext.current.random) }
}

let wide = try Parallel(jobs: 8, seed: 42).map(Array(repeating: 3, count: 100)) { throwDice($0) }
let narrow = try Parallel(jobs: 1, seed: 42).map(Array(repeating: 3, count: 100)) { throwDice($0) }
print(wide == narrow)  // true, and the same tomorrow
// snippet.end
precondition(wide == narrow)
