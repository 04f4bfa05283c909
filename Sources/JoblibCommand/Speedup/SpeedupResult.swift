/// What an experiment found: the medians, and what was measured.
struct SpeedupResult: Sendable, Equatable {
    var plan: SpeedupPlan
    /// How many processors the program could use.
    var processors: Int
    /// Whether the program was built for speed.
    var isOptimized: Bool
    /// The median time of a call, in seconds: as many rows as `plan.rows`, as many columns as `plan.sizes`.
    var seconds: [[Double]]
    /// The shortest and longest time of each call; empty when they are not known.
    var spread: [[ClosedRange<Double>]] = []

    /// How long a call took.
    func seconds(_ row: SpeedupRow, size: Int) -> Double? {
        guard let row = plan.rows.firstIndex(of: row), let column = plan.sizes.firstIndex(of: size) else { return nil }
        return seconds[row][column]
    }

    /// How long the plain loop took.
    func baseline(size: Int) -> Double? { seconds(SpeedupRow(backend: .sequential, jobs: 1), size: size) }

    /// How many times as fast as the plain loop a call was.
    func speedup(_ row: SpeedupRow, size: Int) -> Double? {
        guard let time = seconds(row, size: size), let baseline = baseline(size: size), time > 0 else { return nil }
        return baseline / time
    }

    /// How long one task takes in the plain loop, in seconds.
    func taskSeconds(size: Int) -> Double? {
        baseline(size: size).map { $0 / Double(max(1, plan.tasks)) }
    }

    /// What can be gained at best with so many jobs.
    func ideal(jobs: Int) -> Double {
        Double(max(1, plan.workload.needsProcessors ? min(jobs, processors) : jobs))
    }
}

extension SpeedupResult {
    /// Takes the medians of what was measured.
    init(plan: SpeedupPlan, processors: Int, isOptimized: Bool, measured: [SpeedupCell: [Double]]) {
        func table<Value>(_ value: ([Double]) -> Value) -> [[Value]] {
            plan.rows.map { row in
                plan.sizes.map { size in
                    value(measured[SpeedupCell(backend: row.backend, jobs: row.jobs, size: size)] ?? [])
                }
            }
        }
        self.init(
            plan: plan,
            processors: processors,
            isOptimized: isOptimized,
            seconds: table { Median.of($0) ?? .nan },
            spread: table { ($0.min() ?? 0)...($0.max() ?? 0) }
        )
    }
}
