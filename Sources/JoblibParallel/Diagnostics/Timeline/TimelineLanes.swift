/// Where the lanes of a timeline are, and how much of them can be labelled.
package struct TimelineLanes: Sendable {
    /// The workers, from the top down.
    package let workers: [Int]
    /// The distance from one lane to the next, in pixels.
    package let pitch: Double
    private let rows: [Int: Int]

    package init(_ report: RunReport) {
        workers = Set(report.workers.map(\.index) + report.spans.map(\.worker)).sorted()
        rows = Dictionary(uniqueKeysWithValues: workers.enumerated().map { ($1, $0) })
        pitch = Self.pitch(lanes: workers.count)
    }

    private static func pitch(lanes: Int) -> Double {
        switch lanes {
        case ...4: 46
        case ...8: 36
        case ...16: 26
        case ...32: 19
        case ...64: 13
        // A picture taller than two screens is not looked at; below 2 pixels a lane is none.
        default: max(2, 1200 / Double(lanes))
        }
    }

    /// A lane's bars are this high; what is left separates it from the next.
    package var height: Double { pitch * (pitch < 8 ? 0.9 : 0.78) }
    package var totalHeight: Double { pitch * Double(workers.count) }
    package var fontSize: Double { pitch < 15 ? 10 : 12 }

    package func y(of worker: Int) -> Double { Double(rows[worker] ?? 0) * pitch + (pitch - height) / 2 }

    /// Every lane's label where there is room, else every second, fifth, tenth …
    package var labelled: [Int] {
        let room = fontSize * 1.1
        var every = 1
        for step in [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] where Double(every) * pitch < room { every = step }
        return workers.enumerated().filter { $0.offset.isMultiple(of: every) }.map(\.element)
    }
}
