internal import JoblibParallel

extension SpeedupResult {
    /// What the experiment found, in one sentence.
    var finding: String { headline.dropLast() + advice + "." }

    /// The gain alone, for the picture.
    var headline: String {
        guard let size = plan.sizes.last, let jobs = bestJobs else {
            return "Nothing was measured with more than one job."
        }
        let words = gains(jobs: jobs, size: size).enumerated().map { index, gain in
            "\(HumanText.fixed(gain.1, decimals: 2)) times\(index == 0 ? " as fast" : "") on \(gain.0.rawValue)"
        }
        let subject = plan.workload.subject(size: text(size: size))
        return "With \(jobs) jobs \(subject) ran \(Self.list(words))."
    }

    /// How many times as fast each backend was.
    private func gains(jobs: Int, size: Int) -> [(SpeedupBackend, Double)] {
        plan.backends.compactMap { backend in
            speedup(SpeedupRow(backend: backend, jobs: jobs), size: size).map { (backend, $0) }
        }
    }

    /// The number of jobs that the machine is made for: the most that still find a processor each.
    private var bestJobs: Int? {
        let parallel = plan.jobs.filter { $0 > 1 }
        guard plan.workload.needsProcessors else { return parallel.last }
        return parallel.last { $0 <= processors } ?? parallel.first
    }

    /// What follows for somebody's own tasks.
    private var advice: String {
        guard let size = plan.sizes.last, let jobs = bestJobs else { return "" }
        if plan.workload.needsProcessors, processors == 1 {
            return ", for there is one processor: parallel tasks cannot compute faster here"
        }
        if gains(jobs: jobs, size: size).allSatisfy({ $0.1 < 1.15 }) {
            return "; that is hardly faster than a plain loop, as when the machine is busy with something else"
                + " or the tasks are too short"
        }
        if let loss = worstLoss {
            let time = taskSeconds(size: loss.size).map { HumanText.duration(.seconds($0)) } ?? "-"
            let gain = HumanText.fixed(loss.gain, decimals: 2)
            return
                "; tasks of \(time) (\(text(size: loss.size))) gain nothing on \(loss.row.backend.rawValue) (\(gain) times)"
                + ", so let each task do more"
        }
        if plan.workload.needsProcessors, plan.jobs.contains(where: { $0 > processors }) {
            return "; more jobs than the \(processors) processors gain nothing"
        }
        return ""
    }

    /// Where running in parallel was slowest against the loop, with the number of jobs that suits the machine.
    private var worstLoss: (row: SpeedupRow, size: Int, gain: Double)? {
        guard let jobs = bestJobs else { return nil }
        let losses = plan.backends.flatMap { backend in
            plan.sizes.compactMap { size -> (row: SpeedupRow, size: Int, gain: Double)? in
                let row = SpeedupRow(backend: backend, jobs: jobs)
                return speedup(row, size: size).flatMap { $0 < 0.95 ? (row, size, $0) : nil }
            }
        }
        return losses.min { $0.gain < $1.gain }
    }

    private static func list(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }
}
