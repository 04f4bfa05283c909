internal import JoblibParallel

extension SpeedupResult {
    /// A size with its unit: `20,000 samples`.
    func text(size: Int) -> String { "\(HumanText.count(size)) \(plan.workload.unit)" }

    /// How the numbers came about.
    var circumstances: String {
        let calls =
            "medians of \(HumanText.count(plan.repetitions, "round")), \(HumanText.count(plan.tasks, "task")) a call"
        let build = isOptimized ? "release build" : "debug build"
        return "\(calls), \(HumanText.count(processors, "processor")), \(build)"
    }

    /// A table of times and speed-ups: a row for each backend and number of jobs, a column for each size.
    func table(_ style: TextStyle) -> [String] {
        var table = ColumnTable(
            columns: [.init(title: "backend"), .init(title: "jobs", isRight: true)]
                + plan.sizes.map { .init(title: text(size: $0) + "       ", isRight: true) }
        )
        table.rows = plan.rows.map { row in
            [row.backend.rawValue, "\(row.jobs)"] + plan.sizes.map { cell(row, size: $0) }
        }
        let lines = table.lines(style, width: nil)
        return [lines[0]] + zip(plan.rows, lines.dropFirst()).map { paint($1, row: $0, style) }
    }

    private func cell(_ row: SpeedupRow, size: Int) -> String {
        guard let seconds = seconds(row, size: size) else { return "-" }
        let time = HumanText.duration(.seconds(seconds), aligned: true)
        guard row.backend != .sequential, let gain = speedup(row, size: size) else { return time + "       " }
        return "\(time) \(FixedDecimals.text(gain, decimals: 2, width: 5))×"
    }

    /// What gained nearly all it could is green, what lost red.
    private func paint(_ line: String, row: SpeedupRow, _ style: TextStyle) -> String {
        guard style.isOn, row.backend != .sequential else { return line }
        return line.split(separator: " ", omittingEmptySubsequences: false).map { word in
            guard word.hasSuffix("×"), let gain = Double(word.dropLast()) else { return String(word) }
            if gain < 0.95 { return style.red(String(word)) }
            let isGood = row.jobs > 1 && gain >= 1 + 0.8 * (ideal(jobs: row.jobs) - 1)
            return isGood ? style.green(String(word)) : String(word)
        }.joined(separator: " ")
    }

    /// One line for each setting, for spreadsheets (RFC 4180).
    var csv: String {
        var lines = ["workload,backend,jobs,size,tasks,repetitions,median_seconds,min_seconds,max_seconds,speedup"]
        for (row, line) in zip(plan.rows, seconds.indices) {
            for (column, size) in plan.sizes.enumerated() {
                let range = spread.isEmpty ? nil : spread[line][column]
                var cells = [plan.workload.rawValue, row.backend.rawValue, "\(row.jobs)", "\(size)", "\(plan.tasks)"]
                cells += ["\(plan.repetitions)", "\(seconds[line][column])"]
                cells += [range?.lowerBound, range?.upperBound].map { $0.map { "\($0)" } ?? "" }
                cells.append(speedup(row, size: size).map { "\($0)" } ?? "")
                lines.append(cells.joined(separator: ","))
            }
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    /// For programs.
    var json: JSONValue {
        .object([
            ("workload", .string(plan.workload.rawValue)),
            ("sizes", .array(plan.sizes.map { .int($0) })),
            ("sizeUnit", .string(plan.workload.unit)),
            ("jobs", .array(plan.jobs.map { .int($0) })),
            ("tasks", .int(plan.tasks)),
            ("repetitions", .int(plan.repetitions)),
            ("processors", .int(processors)),
            ("build", .string(isOptimized ? "release" : "debug")),
            ("finding", .string(finding)),
            ("results", .array(jsonResults)),
        ])
    }

    private var jsonResults: [JSONValue] {
        plan.rows.indices.flatMap { line in
            plan.sizes.indices.map { column in
                let (row, size) = (plan.rows[line], plan.sizes[column])
                let range = spread.isEmpty ? nil : spread[line][column]
                return .object([
                    ("backend", .string(row.backend.rawValue)),
                    ("jobs", .int(row.jobs)),
                    ("size", .int(size)),
                    ("seconds", .double(seconds[line][column])),
                    ("minimumSeconds", range.map { .double($0.lowerBound) } ?? .null),
                    ("maximumSeconds", range.map { .double($0.upperBound) } ?? .null),
                    ("speedup", speedup(row, size: size).map { .double($0) } ?? .null),
                ])
            }
        }
    }
}
