// Results of functions that are kept on disk: by the next call, and by the next run, they are read instead of computed.
import Foundation
import Joblib

// The directories named below are made in a temporary one.
let folder = NSTemporaryDirectory() + "joblib-caching-results-\(ProcessInfo.processInfo.processIdentifier)"
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
precondition(FileManager.default.changeCurrentDirectoryPath(folder))

let signal = (0..<10_000).map { Double($0 % 100) }

// snippet.cached
func smoothed(_ signal: [Double], _ width: Int) -> [Double] {
    signal.indices.map { index in
        let window = signal[max(0, index - width)..<min(signal.count, index + width + 1)]
        return window.reduce(0, +) / Double(window.count)
    }
}

let memory = try Memory(location: "cache", limit: "10G", verbose: 0)
let smooth = memory.cached(smoothed, as: "smoothed", version: 1)

let first = try smooth(signal, 5)  // computed and stored
let second = try smooth(signal, 5)  // read back, by other runs of the program too
print(memory.statistics.misses, memory.statistics.hits)  // 1 1
// snippet.end
precondition(second == first && second == smoothed(signal, 5))
precondition(memory.statistics.misses == 1 && memory.statistics.hits == 1)

// snippet.version
// What the function computes has changed, so its results are others.
let changed = memory.cached({ smoothed($0, 2 * $1) }, as: "smoothed", version: 2)
print(changed.isCached(signal, 5), smooth.isCached(signal, 5))  // false true
// snippet.end
precondition(!changed.isCached(signal, 5) && smooth.isCached(signal, 5))

// snippet.info
let (value, info) = try smooth.callWithInfo(signal, 5)
print(info)  // hit, with its age and the time that it saved
print(info.isHit, info.age, info.timeSaved, value.count)
try smooth.recompute(signal, 5)  // computes and stores, whatever is there
// snippet.end
precondition(info.isHit && info.timeSaved == info.duration && value == first)

// snippet.ignoring
func total(_ values: [Double], _ isVerbose: Bool) -> Double {
    if isVerbose { print("adding \(values.count) numbers") }
    return values.reduce(0, +)
}

// Argument 1, counted from 0, makes no difference to the result.
let sum = memory.cached(total, as: "total", ignoring: [1])
let loud = try sum(signal, true)
let quiet = try sum(signal, false)  // a hit
// snippet.end
precondition(loud == quiet && sum.isCached(signal, false))

// snippet.validation
func rates(_ currency: String) -> [String: Double] { ["EUR": 1, "DKK": 7.46] }

let hourly = memory.cached(rates, as: "rates", validation: .expires(after: .seconds(3600)))
let chosen = memory.cached(rates, as: "rates", validation: .when { $0.duration > .milliseconds(100) })
// snippet.end
let euros = try hourly("EUR")
precondition(euros == rates("EUR") && hourly.isCached("EUR"))
// It was computed in less time than that.
precondition(!chosen.isCached("EUR"))

// snippet.shelve
// References instead of results: a list of them takes no memory, and they can be read one by one.
let shelved = try (1...3).map { try smooth.shelve(signal, $0) }
for result in shelved { print(try result.get().max() ?? 0) }
try shelved[0].clear()
// snippet.end
let third = try shelved[2].get()
precondition(third == smoothed(signal, 3))
do {
    _ = try shelved[0].get()
    preconditionFailure("it was cleared")
} catch let error as JoblibError {
    precondition(error.code == .cacheEntryMissing)
}

// snippet.mapped
func ramp(_ count: Int) -> [Double] { (0..<count).map { Double($0) } }

// An ordinary array, whose elements are the pages of the file: read when they are touched.
let mapped = memory.cached(ramp, as: "ramp", mapped: true)
try mapped.recompute(100_000)
let lots = try mapped(100_000)
print(lots[99_999])  // 99999.0
// snippet.end
precondition(lots == ramp(100_000))

// snippet.async
func page(_ number: Int) async throws -> String { "page \(number)" }

let fetch = memory.cached(page, as: "page")
// Calls with the same argument at the same time: one of them fetches, the others are suspended until it has.
let pages = try await Parallel(jobs: 4).map([1, 1, 2, 2]) { [fetch] in try await fetch($0) }
// snippet.end
precondition(pages == ["page 1", "page 1", "page 2", "page 2"])

// snippet.tasks
enum Cache {
    // Not in main's variables: workers make their own, of the same directory.
    static let smooth = Result {
        try Memory(location: "cache", verbose: 0).cached(smoothed, as: "smoothed", version: 1)
    }
}

let widths = [5, 6, 7, 5, 6, 7]
let peaks = try Parallel(jobs: 2, backend: .processes).map(widths, sharing: signal) { width, signal in
    try Cache.smooth.get()(signal, width).max() ?? 0
}
// snippet.end
precondition(peaks == widths.map { smoothed(signal, $0).max() ?? 0 })
precondition([5, 6, 7].allSatisfy { smooth.isCached(signal, $0) })

// snippet.housekeeping
for entry in memory.entries() {
    print(entry.metadata?.function ?? "damaged", entry.metadata?.arguments ?? [], entry.byteCount)
}
let removed = try memory.evict(toBytes: "1G", items: 2, olderThan: .seconds(86_400))
try smooth.clear()  // the results of one function
try memory.clear()  // all
// snippet.end
precondition(removed > 0 && memory.entries().isEmpty)

// snippet.transparent
let none = try Memory(location: nil)  // keeps nothing: every call is computed
let plain = none.cached(smoothed, as: "smoothed")
// snippet.end
let computed = try plain(signal, 5)
precondition(computed == first && !plain.isCached(signal, 5))

// snippet.hash
struct Settings: Codable {
    var radius: Double
    var steps: [String]
}

let yesterday = Settings(radius: 2, steps: ["blur", "crop"])
let today = Settings(radius: 2.5, steps: ["blur", "crop"])
print(try hash(of: yesterday).prefix(8), try hash(of: today).prefix(8))  // equal for equal values, in any process
print(try hashExplanation(yesterday, today))  // radius: 2.0 and 2.5
// snippet.end
let hashes = (try hash(of: yesterday), try hash(of: today), try hash(of: 1))
let explanation = try hashExplanation(yesterday, today)
precondition(hashes.0 != hashes.1 && explanation.description == "radius: 2.0 and 2.5")
precondition(hashes.2 == "34f12ec581ba7f31f6acffd52009080f762766fa5c26f261c09b8354f333b036")

// snippet.inMemory
let short = try Memory(store: InMemoryStore(), limit: "100M", verbose: 0)  // gone with the program
let remembered = short.cached(smoothed, as: "smoothed")
// snippet.end
let twice = (try remembered(signal, 1), try remembered(signal, 1))
precondition(twice.0 == twice.1 && short.statistics.hits == 1)

try FileManager.default.removeItem(atPath: folder)
