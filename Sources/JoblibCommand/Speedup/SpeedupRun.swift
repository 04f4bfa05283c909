internal import Joblib
internal import JoblibSystem

/// Carries an experiment out.
///
/// A round measures every setting once, so that whatever else the machine does in the meantime touches all of them alike.
struct SpeedupRun {
    let plan: SpeedupPlan
    /// When to begin no further round that might not end by then, on ``MonotonicClock``; nil for all rounds.
    var deadline: UInt64?
    /// Told of each measurement before it begins; the last time with nil.
    let progress: (_ done: Int, _ total: Int, _ next: SpeedupCell?) -> Void

    /// How long a call with the settings of each cell took, one number of seconds a round: as many as the deadline allows,
    /// at least one.
    func measure() throws -> [SpeedupCell: [Double]] {
        let cells = plan.cells
        let total = cells.count * plan.repetitions
        var seconds: [SpeedupCell: [Double]] = [:]
        var calls: [SpeedupCell: Int] = [:]
        try warmUp()
        for round in 0..<plan.repetitions {
            let start = MonotonicClock.now
            for (index, cell) in cells.enumerated() {
                progress(round * cells.count + index, total, cell)
                let count = calls[cell, default: 1]
                var time = try Self.seconds(cell, plan, calls: count)
                if calls[cell] == nil {
                    let needed = SpeedupBudget.shortestMeasurement / max(time, 1e-7)
                    calls[cell] = max(1, Int(min(needed, 10_000).rounded(.up)))
                    // The first time showed only how many calls make a measurement.
                    if let count = calls[cell], count > 1 {
                        time = try Self.seconds(cell, plan, calls: count)
                    }
                }
                seconds[cell, default: []].append(time)
            }
            let end = MonotonicClock.now
            if let deadline, end + (end - start) > deadline { break }
        }
        progress(total, total, nil)
        return seconds
    }

    /// Starts threads and workers, and fills caches, before the clock runs.
    private func warmUp() throws {
        guard let smallest = plan.sizes.min() else { return }
        for row in plan.rows.reversed() {
            let cell = SpeedupCell(backend: row.backend, jobs: row.jobs, size: smallest)
            _ = try Self.seconds(cell, plan, calls: 1)
        }
    }

    /// The mean time of some calls, in seconds.
    static func seconds(_ cell: SpeedupCell, _ plan: SpeedupPlan, calls: Int) throws -> Double {
        let parallel = cell.backend.backend.map { Parallel(jobs: JobCount(cell.jobs), backend: $0) }
        let sizes = [Int](repeating: cell.size, count: plan.tasks)
        let start = MonotonicClock.now
        for _ in 0..<calls { try plan.workload.run(sizes, with: parallel) }
        return Double(MonotonicClock.now - start) / 1e9 / Double(calls)
    }

    /// How long one task of the workload's probe size takes in a plain loop, in seconds; the shorter of two tries.
    static func probe(_ workload: Workload) throws -> Double {
        let plan = SpeedupPlan(
            workload: workload,
            sizes: [workload.probe],
            jobs: [1],
            backends: [],
            tasks: 2,
            repetitions: 1
        )
        let cell = SpeedupCell(backend: .sequential, jobs: 1, size: workload.probe)
        let times = try (0..<3).map { _ in try seconds(cell, plan, calls: 1) }
        return max((times.min() ?? 0) / Double(plan.tasks), 1e-7)
    }
}
