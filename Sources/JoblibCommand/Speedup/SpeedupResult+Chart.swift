internal import ArgumentParser
internal import JoblibParallel

/// What stands along the horizontal axis.
enum SpeedupAxis: String, Sendable, CaseIterable, ExpressibleByArgument {
    /// The number of jobs, with a line for each size.
    case jobs
    /// The size of a task, with a line for each number of jobs.
    case size
}

extension SpeedupResult {
    /// A picture of the speed-ups, a panel for each backend.
    func chart(against axis: SpeedupAxis) -> Chart {
        let panels = plan.backends.map { backend in
            Chart.Panel(title: "on \(backend.rawValue)", series: series(backend, axis) + [ideal(axis)])
        }
        let all = panels.flatMap(\.series).flatMap(\.points)
        return Chart(
            title: "\(plan.workload.title): speed-up",
            subtitle: headline,
            panels: panels,
            xAxis: xAxis(axis),
            yAxis: ChartAxis(label: "times as fast as a plain loop", fromZeroTo: all.map(\.y)),
            legendTitle: axis == .jobs ? plan.workload.legendTitle : "Jobs:",
            note: "joblib speedup: \(circumstances)\(axis == .jobs ? "; in brackets: the time of one task" : "")"
        )
    }

    private func xAxis(_ axis: SpeedupAxis) -> ChartAxis {
        switch axis {
        case .jobs:
            // Far apart they stand as what they are, doublings; 1 to 4 as on a ruler.
            let scale: ChartAxis.Scale = (plan.jobs.last ?? 1) > 8 ? .logarithmic : .linear
            return ChartAxis(label: "jobs (tasks at a time)", at: plan.jobs.map(Double.init), scale: scale) {
                HumanText.count(Int($0))
            }
        case .size:
            let sizes = plan.sizes.map(Double.init)
            return ChartAxis(label: plan.workload.unit, at: sizes, scale: .logarithmic) { HumanText.count(Int($0)) }
        }
    }

    private func series(_ backend: SpeedupBackend, _ axis: SpeedupAxis) -> [Chart.Series] {
        func point(_ jobs: Int, _ size: Int) -> Chart.Point {
            let gain = speedup(SpeedupRow(backend: backend, jobs: jobs), size: size) ?? .nan
            return .init(x: Double(axis == .jobs ? jobs : size), y: gain)
        }
        switch axis {
        case .jobs:
            return plan.sizes.reversed().map { size in
                let time = taskSeconds(size: size).map { " (\(HumanText.duration(.seconds($0))))" } ?? ""
                let name = HumanText.count(size) + time
                return Chart.Series(name: name, points: plan.jobs.map { point($0, size) })
            }
        case .size:
            return plan.jobs.map { jobs in
                Chart.Series(name: "\(jobs)", points: plan.sizes.map { point(jobs, $0) })
            }
        }
    }

    /// As fast as the number of jobs, up to the processors.
    private func ideal(_ axis: SpeedupAxis) -> Chart.Series {
        let points: [Chart.Point]
        switch axis {
        case .jobs:
            var jobs = Set(plan.jobs)
            // Where the line bends, if that is within the field.
            if plan.workload.needsProcessors, let most = plan.jobs.last, processors < most { jobs.insert(processors) }
            points = jobs.sorted().filter { $0 >= plan.jobs[0] }.map { .init(x: Double($0), y: ideal(jobs: $0)) }
        case .size:
            let most = ideal(jobs: plan.jobs.last ?? 1)
            points = plan.sizes.map { .init(x: Double($0), y: most) }
        }
        return Chart.Series(name: "ideal", points: points, isReference: true)
    }
}
