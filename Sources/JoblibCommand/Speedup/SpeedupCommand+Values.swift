import ArgumentParser
internal import Joblib
internal import JoblibSystem

extension SpeedupCommand {
    /// - Throws: `ValidationError` for values that mean nothing, before anything is done.
    func checkValues() throws {
        let bounds = workload.sizes
        if let size = sizes.flatMap(\.numbers).first(where: { !bounds.contains($0) }) {
            throw ValidationError(
                "--sizes: \(size) is no size of the workload \(workload.rawValue): \(bounds.lowerBound) to "
                    + "\(bounds.upperBound) \(workload.unit) are."
            )
        }
        if let count = jobs.flatMap(\.numbers).first(where: { !(1...1024).contains($0) }) {
            throw ValidationError("--jobs: \(count) tasks can't be run at a time: 1 to 1024 can.")
        }
        if !backends.isEmpty, backends.allSatisfy({ $0 == .sequential }) {
            throw ValidationError("--backends: the sequential loop is always measured; name threads or processes.")
        }
        if let tasks, !(1...100_000).contains(tasks) {
            throw ValidationError("--tasks: a call has 1 to 100000 tasks, not \(tasks).")
        }
        guard (1...1000).contains(repetitions) else {
            throw ValidationError("--repetitions: 1 to 1000 are possible, not \(repetitions).")
        }
        guard seconds >= 1, seconds <= 86_400 else {
            throw ValidationError("--seconds: 1 to 86400 are possible, not \(seconds).")
        }
        if plotOnly != nil, !sizes.isEmpty || !jobs.isEmpty || !backends.isEmpty || tasks != nil {
            throw ValidationError(
                "--plot-only draws what was measured earlier; --sizes, --jobs, --backends and --tasks are for measuring."
            )
        }
    }

    /// What is to be measured; chooses what was not given.
    func plan(processors: Int) throws -> SpeedupPlan {
        let counts = jobs.isEmpty ? SpeedupPlan.jobs(processors: processors) : NumberList.union(jobs)
        let others = SpeedupBackend.allCases.filter { backend in
            backend != .sequential && (backends.isEmpty || backends.contains(backend))
        }
        var plan = SpeedupPlan(
            workload: workload,
            sizes: NumberList.union(sizes),
            jobs: counts,
            backends: others,
            tasks: tasks ?? SpeedupPlan.tasks(jobs: counts),
            repetitions: repetitions
        )
        if plan.sizes.isEmpty {
            let budget = SpeedupBudget(
                seconds: seconds,
                processors: processors,
                probeSeconds: try SpeedupRun.probe(workload)
            )
            plan.sizes = budget.sizes(for: plan)
        }
        return plan
    }

    /// The result of an earlier run.
    func readTimes(_ path: String) throws -> SpeedupResult {
        let text: String
        do {
            text = try FileInput.readText(path, maximumBytes: 16 << 20)
        } catch {
            throw CommandFailure.wrongUse("\(error)")
        }
        do {
            return try SpeedupResult(timesFile: text)
        } catch {
            throw CommandFailure.wrongUse(
                "\(path) holds no times that joblib speedup wrote: \(error). Measure again without --plot-only."
            )
        }
    }

    /// Writes picture and times.
    ///
    /// - Returns: The files' paths.
    func write(_ result: SpeedupResult) throws -> [String] {
        let folder = output ?? plotOnly.map(Self.folder) ?? "joblib-speedup"
        let chart = result.chart(against: against)
        var files: [(name: String, bytes: [UInt8])] = [
            ("speedup.svg", Array(SVGCanvas.text(chart).utf8)), ("speedup.png", try RasterCanvas.png(chart)),
        ]
        if plotOnly == nil {
            files += [("times.csv", Array(result.csv.utf8)), ("times.txt", Array(result.timesFile.utf8))]
        }
        do {
            try Directory.make(folder)
            return try files.map { name, bytes in
                let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
                try FileOutput.writeAtomically(bytes, to: path)
                return path
            }
        } catch let error as SystemError {
            throw CommandFailure.failed("The results can't be written. \(error)")
        }
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
