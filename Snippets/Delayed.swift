// Calls that are captured now and made later.
import Foundation
import Joblib

// snippet.captured
func score(_ data: [Double], _ width: Int) throws -> Double {
    data.prefix(width).reduce(0, +)
}

let call = delayed(score)([3, 1, 2], 2)  // calls nothing
print(call.function)  // score
print(call.arguments)  // [[3.0, 1.0, 2.0], 2]
print(call)  // score([3.0, 1.0, 2.0], 2)
// snippet.end

// snippet.run
let data = [3.0, 1, 2]
let scores = try Parallel(jobs: 4)((1...3).map { delayed(score)(data, $0) })  // [3.0, 4.0, 6.0]
// snippet.end
precondition(scores == [3, 4, 6] && call.function == "score")

// snippet.closure
let doubled = try Parallel(jobs: 2)((0..<5).map { delayed { (x: Int, factor: Int) in x * factor }($0, 2) })
// snippet.end
precondition(doubled == [0, 2, 4, 6, 8])
