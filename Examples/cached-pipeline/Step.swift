import Foundation
import Joblib

/// How often the function of a step was called, how many of the results were there, and how long that took.
struct Step: CustomStringConvertible {
    private let name: String
    private var calls = 0
    private var hits = 0
    private var duration = Duration.zero

    init(_ name: String) {
        self.name = name
    }

    /// Makes the calls of the step.
    mutating func measure<R>(_ body: () throws -> [(value: R, info: CacheInfo)]) rethrows -> [R] {
        let clock = ContinuousClock()
        let start = clock.now
        let results = try body()
        duration += clock.now - start
        calls += results.count
        hits += results.count { $0.info.isHit }
        return results.map(\.value)
    }

    var description: String {
        let seconds = String(format: "%.3f s", duration / .seconds(1))
        let title = name.padding(toLength: 14, withPad: " ", startingAt: 0)
        return title + "calls: \(calls), hits: \(hits), \(seconds)"
    }
}
