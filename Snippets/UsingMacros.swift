// Calls and cached functions as they are written: `#delayed` and `@Cached`, with the package's trait `Macros`.
#if Macros
import Foundation
import Joblib
import JoblibMacros

// The directory named below is made in a temporary one.
let folder = NSTemporaryDirectory() + "joblib-using-macros-\(ProcessInfo.processInfo.processIdentifier)"
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
precondition(FileManager.default.changeCurrentDirectoryPath(folder))

struct Model: Codable, Sendable {
    var weights: [Double]
    func score(_ sample: [Double], width: Int = 3) -> Double {
        zip(weights, sample).prefix(width).map { $0 * $1 }.reduce(0, +)
    }
}

let model = Model(weights: [0.5, 0.25, 2])
let samples = [[4.0, 8, 1], [2, 4, 2]]

// snippet.delayed
// Labels, default arguments and methods, which are not called before the run:
let scores = try Parallel(jobs: 2, backend: .processes)(samples.map { #delayed(model.score($0, width: 2)) })
// snippet.end
precondition(scores == [4, 2])

// snippet.evaluated
let call = #delayed(model.score([4, 8, 1]))
print(call)  // score(self: Model(weights: [0.5, 0.25, 2.0]), [4.0, 8.0, 1.0])
// snippet.end
precondition(call.function == "score(self:_:)")
let single = try call()
precondition(single == 6)

// snippet.cached
enum Results {
    // A location that is given can be refused; where one cannot go on without a cache, this ends the program.
    static let memory = try! Memory(location: "cache", verbose: 0)
}

@Cached(in: Results.memory, ignoring: "verbose")
func smoothed(_ signal: [Double], width: Int, verbose: Bool = false) throws -> [Double] {
    if verbose { print("smoothing \(signal.count) numbers") }
    return signal.indices.map { index in
        let window = signal[max(0, index - width)..<min(signal.count, index + width + 1)]
        return window.reduce(0, +) / Double(window.count)
    }
}
// snippet.end

let signal = (0..<10_000).map { Double($0 % 100) }

// snippet.calls
let first = try smoothed(signal, width: 5)  // computed and stored
let second = try smoothed(signal, width: 5, verbose: true)  // read back
let widths = try Parallel(jobs: 2, backend: .processes)((5...7).map { #delayed(smoothed(signal, width: $0)) })
// snippet.end
precondition(second == first && widths[0] == first)
precondition(Results.memory.statistics.misses == 1 && Results.memory.statistics.hits == 1)
precondition(Results.memory.entries().count == 3)

try FileManager.default.removeItem(atPath: folder)
#endif
