/// What is measured, in which order.
struct SpeedupPlan: Sendable, Equatable {
    var workload: Workload
    /// Ascending.
    var sizes: [Int]
    /// Ascending.
    var jobs: [Int]
    /// Without ``SpeedupBackend/sequential``, which is always measured.
    var backends: [SpeedupBackend]
    /// How many tasks one call has.
    var tasks: Int
    /// How often each setting is measured.
    var repetitions: Int

    /// The rows of the table: the sequential loop, then each backend with each number of jobs.
    var rows: [SpeedupRow] {
        [SpeedupRow(backend: .sequential, jobs: 1)]
            + backends.flatMap { backend in jobs.map { SpeedupRow(backend: backend, jobs: $0) } }
    }

    /// Every setting once, long and short ones in turn, so that the progress of a round is even.
    var cells: [SpeedupCell] {
        rows.flatMap { row in sizes.map { SpeedupCell(backend: row.backend, jobs: row.jobs, size: $0) } }
    }

    /// The numbers of jobs to measure on a machine: doubled up to its processors, and, on a small one, beyond them, to show
    /// where the gain ends.
    static func jobs(processors: Int) -> [Int] {
        guard processors > 1 else { return [1, 2] }
        guard processors > 2 else { return [1, 2, 3, 4] }
        var jobs: [Int] = []
        var count = 1
        while count < processors {
            jobs.append(count)
            count *= 2
        }
        jobs.append(processors)
        if processors <= 8 { jobs.append(2 * processors) }
        return jobs
    }

    /// How many tasks a call needs so that every number of jobs can share them evenly, or nearly so.
    static func tasks(jobs: [Int]) -> Int {
        let most = max(1, jobs.max() ?? 1)
        var common = 1
        for count in jobs where count > 0 {
            let next = common / divisor(common, count) * count
            if next > 4 * most { return max(8, 4 * most) }
            common = next
        }
        return common * max(1, (max(8, 2 * most) + common - 1) / common)
    }

    private static func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }
}

/// A backend with a number of jobs.
struct SpeedupRow: Sendable, Hashable {
    var backend: SpeedupBackend
    var jobs: Int
}
