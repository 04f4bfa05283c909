extension SpeedupResult {
    /// The medians as a matrix of seconds, which NumPy's `genfromtxt` reads as well: what was measured stands in comments.
    var timesFile: String {
        let facts = [
            "joblib speedup: seconds",
            "workload: \(plan.workload.rawValue)",
            "tasks: \(plan.tasks)",
            "repetitions: \(plan.repetitions)",
            "processors: \(processors)",
            "build: \(isOptimized ? "release" : "debug")",
            "rows: " + plan.rows.map { "\($0.backend.rawValue):\($0.jobs)" }.joined(separator: " "),
            "columns: " + plan.sizes.map(String.init).joined(separator: " "),
        ]
        let rows = seconds.map { row in row.map { "\($0)" }.joined(separator: " ") }
        return (facts.map { "# " + $0 } + rows).joined(separator: "\n") + "\n"
    }

    /// Reads what ``timesFile`` wrote.
    ///
    /// - Throws: `UnusableTimes` that says what is missing or wrong.
    init(timesFile text: String) throws(UnusableTimes) {
        var facts: [String: String] = [:]
        var seconds: [[Double]] = []
        for line in text.split(whereSeparator: \.isNewline) {
            if line.hasPrefix("#") {
                let fields = line.dropFirst().split(separator: ":", maxSplits: 1)
                guard fields.count == 2 else { continue }
                facts[Self.trimmed(fields[0])] = Self.trimmed(fields[1])
                continue
            }
            var row: [Double] = []
            for field in line.split(whereSeparator: \.isWhitespace) {
                guard let number = Double(field), number.isFinite, number > 0 else {
                    throw UnusableTimes("'\(field.prefix(40))' is no time in seconds")
                }
                row.append(number)
            }
            if !row.isEmpty { seconds.append(row) }
        }
        try self.init(facts: facts, seconds: seconds)
    }

    private init(facts: [String: String], seconds: [[Double]]) throws(UnusableTimes) {
        func fact(_ name: String) throws(UnusableTimes) -> String {
            guard let value = facts[name] else { throw UnusableTimes("the line '# \(name): …' is missing") }
            return value
        }
        func number(_ name: String) throws(UnusableTimes) -> Int {
            let text = try fact(name)
            guard let number = Int(text), (1...1_000_000).contains(number) else {
                throw UnusableTimes("'# \(name):' says '\(text.prefix(40))' instead of a number")
            }
            return number
        }
        guard let workload = Workload(rawValue: try fact("workload")) else {
            throw UnusableTimes("the workload '\(try fact("workload").prefix(40))' is not known")
        }
        let sizes = try Self.numbers(try fact("columns"), in: "columns")
        let rows = try Self.rows(try fact("rows"))
        let plan = SpeedupPlan(
            workload: workload,
            sizes: sizes,
            jobs: Set(rows.filter { $0.backend != .sequential }.map(\.jobs)).sorted(),
            backends: rows.reduce(into: []) { backends, row in
                if row.backend != .sequential, !backends.contains(row.backend) { backends.append(row.backend) }
            },
            tasks: try number("tasks"),
            repetitions: try number("repetitions")
        )
        guard plan.rows == rows else {
            throw UnusableTimes("'# rows:' must be 'sequential:1' and then each backend with the same numbers of jobs")
        }
        guard seconds.count == rows.count, seconds.allSatisfy({ $0.count == sizes.count }) else {
            throw UnusableTimes("there must be \(rows.count) lines of \(sizes.count) times")
        }
        self.init(
            plan: plan,
            processors: try number("processors"),
            isOptimized: facts["build"] != "debug",
            seconds: seconds
        )
    }

    private static func rows(_ text: String) throws(UnusableTimes) -> [SpeedupRow] {
        var rows: [SpeedupRow] = []
        for field in text.split(separator: " ") {
            let parts = field.split(separator: ":")
            guard parts.count == 2, let backend = SpeedupBackend(rawValue: String(parts[0])), let jobs = Int(parts[1]),
                jobs > 0
            else { throw UnusableTimes("'\(field.prefix(40))' in '# rows:' is not of the form threads:2") }
            rows.append(SpeedupRow(backend: backend, jobs: jobs))
        }
        return rows
    }

    private static func numbers(_ text: String, in name: String) throws(UnusableTimes) -> [Int] {
        var numbers: [Int] = []
        for field in text.split(separator: " ") {
            guard let number = Int(field), number > numbers.last ?? 0 else {
                throw UnusableTimes(
                    "'\(field.prefix(40))' in '# \(name):' is no number, or not larger than the one before"
                )
            }
            numbers.append(number)
        }
        guard !numbers.isEmpty else { throw UnusableTimes("'# \(name):' names nothing") }
        return numbers
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        text.split(separator: " ").joined(separator: " ")
    }
}

/// A file of times that cannot be plotted.
struct UnusableTimes: Error, CustomStringConvertible, Equatable {
    /// What is wrong with it.
    var description: String

    init(_ description: String) { self.description = description }
}
