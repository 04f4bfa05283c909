/// Chooses sizes whose measurement fits a time.
struct SpeedupBudget: Sendable, Equatable {
    /// How long all measurements may take, in seconds.
    var seconds: Double
    /// How many tasks can really run at the same time.
    var processors: Int
    /// How long a task of the workload's probe size takes, in seconds.
    var probeSeconds: Double

    /// How many sizes are measured when nobody names them.
    static let sizeCount = 4
    /// The shortest time that is measured at a time; shorter calls are repeated until they have taken so long.
    static let shortestMeasurement = 0.01

    /// The largest sizes that fit, at most four of them, about 2 times apart, or 4 to 5 where that is not too far.
    ///
    /// - Parameter plan: All but the sizes.
    /// - Returns: Ascending; the smallest one where nothing fits.
    func sizes(for plan: SpeedupPlan) -> [Int] {
        let candidates = plan.workload.candidates
        // Of 1, 2, 5, 10, … all or every second one: a convolution then takes 16 to 25 times as long as the next smaller one.
        let step = plan.workload.order == 2 ? 2 : 1
        var best: [Int] = []
        for largest in candidates.indices {
            let sizes = stride(from: largest, through: 0, by: -step).prefix(Self.sizeCount).map { candidates[$0] }
            guard best.isEmpty || seconds(sizes, plan) <= seconds else { break }
            best = sizes.reversed()
        }
        return best
    }

    /// How long measuring will take.
    func seconds(_ sizes: [Int], _ plan: SpeedupPlan) -> Double {
        let total = sizes.reduce(0.0) { sum, size in
            let task = taskSeconds(plan.workload, size: size)
            return sum
                + plan.rows.reduce(0.0) { sum, row in
                    let atOnce = plan.workload.needsProcessors ? min(row.jobs, processors) : row.jobs
                    let call = task * Double(plan.tasks) / Double(max(1, atOnce))
                    return sum + max(call, Self.shortestMeasurement)
                }
        }
        return total * Double(plan.repetitions)
    }

    func taskSeconds(_ workload: Workload, size: Int) -> Double {
        let ratio = Double(size) / Double(workload.probe)
        return probeSeconds * (0..<workload.order).reduce(1) { product, _ in product * ratio }
    }
}
