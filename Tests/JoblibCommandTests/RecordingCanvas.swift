@testable import JoblibCommand

/// Keeps what is drawn, for tests.
struct RecordingCanvas: ChartCanvas {
    struct Box {
        var text: String
        var left: Double
        var right: Double
        var top: Double
        var bottom: Double

        func overlaps(_ other: Box) -> Bool {
            left < other.right && other.left < right && top < other.bottom && other.top < bottom
        }
    }

    private(set) var boxes: [Box] = []
    private(set) var markers: [(place: Chart.Point, title: String?)] = []

    func width(of text: String, _ style: ChartTextStyle) -> Double { StrokeFont.width(of: text, size: style.size) }

    mutating func text(_ text: String, at place: Chart.Point, _ style: ChartTextStyle, _ anchor: ChartAnchor) {
        guard !text.isEmpty else { return }
        let width = width(of: text, style)
        let left =
            switch anchor {
            case .start: place.x
            case .middle: place.x - width / 2
            case .end: place.x - width
            }
        let box = Box(text: text, left: left, right: left + width, top: place.y - 0.75 * style.size, bottom: place.y)
        boxes.append(box)
    }

    mutating func verticalText(_ text: String, at place: Chart.Point, _ style: ChartTextStyle) {
        let half = width(of: text, style) / 2
        boxes.append(
            Box(
                text: text,
                left: place.x - 0.75 * style.size,
                right: place.x,
                top: place.y - half,
                bottom: place.y + half
            )
        )
    }

    mutating func line(_ points: [Chart.Point], _ stroke: ChartStroke) {}

    mutating func marker(_ form: ChartMarker, at place: Chart.Point, series: Int, title: String?) {
        markers.append((place, title))
    }

    /// Few and many jobs, few and many sizes, one backend and two, along both axes.
    static var charts: [Chart] {
        [
            Chart.sample, SpeedupResult.sample().chart(against: .jobs), SpeedupResult.sample().chart(against: .size),
            SpeedupResult.sample(jobs: [1, 2, 4, 8, 16, 32, 64, 96, 128]).chart(against: .jobs),
            SpeedupResult.sample(jobs: [1, 2], backends: [.processes]).chart(against: .jobs),
            SpeedupResult.sample(jobs: Array(1...40)).chart(against: .jobs),
            SpeedupResult.sample(sizes: [100, 110, 120, 5000, 6000, 7000, 8000, 1_000_000]).chart(against: .size),
            SpeedupResult.sample(sizes: [100, 110, 120, 5000, 6000, 7000, 8000, 1_000_000]).chart(against: .jobs),
        ]
    }
}

extension SpeedupResult {
    /// Times as an ideal machine of four processors has them, with 50 µs lost in each call.
    static func sample(
        workload: Workload = .convolution,
        sizes: [Int] = [200, 1000, 5000, 20_000],
        jobs: [Int] = [1, 2, 4, 8],
        backends: [SpeedupBackend] = [.threads, .processes],
        processors: Int = 4,
        overhead: Double = 50e-6
    ) -> SpeedupResult {
        let plan = SpeedupPlan(
            workload: workload,
            sizes: sizes,
            jobs: jobs,
            backends: backends,
            tasks: 16,
            repetitions: 5
        )
        let seconds = plan.rows.map { row in
            sizes.map { size in
                let loop = 16 * Double(size) * Double(size) / 8e9
                guard row.backend != .sequential else { return loop }
                let lost = row.backend == .threads ? 0 : overhead
                return loop / Double(min(row.jobs, processors)) + lost
            }
        }
        return SpeedupResult(plan: plan, processors: processors, isOptimized: true, seconds: seconds)
    }
}
