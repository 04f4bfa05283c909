import ArgumentParser
internal import Joblib
internal import JoblibSystem

/// `joblib speedup`: how much faster tasks run in parallel on this machine.
struct SpeedupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "speedup",
        abstract: "Measures how much faster tasks run in parallel on this machine.",
        discussion: """
            Runs calls of equal tasks in a plain loop, on threads and in worker processes, over several sizes and \
            numbers of jobs; prints a table and a sentence; writes a picture as SVG and PNG, and the times. Threads and \
            worker processes are started before the clock runs. Without options this takes less than half a minute.
            """
    )

    @Option(
        name: .shortAndLong,
        help: "What a task does: convolution of two random arrays by direct sum, matrix product, or sleep."
    )
    var workload = Workload.convolution

    @Option(
        name: .shortAndLong,
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Sizes of the tasks, as in 500,2000: samples, rows, or milliseconds. (default: four that fit --seconds)",
            valueName: "numbers"
        )
    )
    var sizes: [NumberList] = []

    @Option(
        name: .shortAndLong,
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "How many tasks run at a time, as in 1,2,4. (default: by the processors)",
            valueName: "numbers"
        )
    )
    var jobs: [NumberList] = []

    @Option(
        name: .shortAndLong,
        parsing: .upToNextOption,
        help: "Where tasks run, besides the plain loop: threads, processes. (default: both)"
    )
    var backends: [SpeedupBackend] = []

    @Option(name: .shortAndLong, help: ArgumentHelp("Tasks of one call. (default: by the jobs)", valueName: "number"))
    var tasks: Int?

    @Option(name: .shortAndLong, help: ArgumentHelp("How often each setting is measured.", valueName: "number"))
    var repetitions = 5

    @Option(help: ArgumentHelp("How long measuring may take, where sizes are not given.", valueName: "number"))
    var seconds = 18.0

    @Option(help: "What stands along the picture's axis: jobs, with a line for each size, or size.")
    var against = SpeedupAxis.jobs

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The folder for picture and times. (default: joblib-speedup)", valueName: "folder"),
        completion: .directory
    )
    var output: String?

    @Option(
        name: [.customLong("plot-only"), .customLong("from")],
        help: ArgumentHelp("Measure nothing: draw the times of an earlier run again.", valueName: "times.txt"),
        completion: .file()
    )
    var plotOnly: String?

    @Flag(help: "Print the results as JSON instead of a table.")
    var json = false

    @Flag(name: .shortAndLong, help: "Show no progress.")
    var quiet = false

    func validate() throws { try checkValues() }

    func run() throws {
        let result = try plotOnly.map(readTimes) ?? measure()
        let files = try write(result)
        if json { return try StandardOutput.write(result.json.text + "\n") }
        let style = TextStyle.output
        var lines = [style.bold(result.plan.workload.title), style.dim(result.circumstances), ""]
        lines += result.table(style)
        lines += ["", style.bold(result.finding)]
        if !result.isOptimized {
            lines += ["These are times of a debug build, which mean little: swift run -c release joblib speedup"]
        }
        lines += ["", "Wrote \(files.joined(separator: ", "))"]
        try StandardOutput.write(lines.joined(separator: "\n") + "\n")
    }

    /// Runs the experiment, or ends the program when Ctrl-C does.
    private func measure() throws -> SpeedupResult {
        let meter = SpeedupMeter(isHidden: quiet)
        // The tasks may be long, and have nothing to clean up: their end is not waited for.
        let watch = try InterruptWatch {
            meter.interrupt()
            StandardOutput.flush()
            SpeedupCommand.exit(withError: ExitCode(CommandExit.interrupted))
        }
        defer { watch.end() }
        let processors = cpuCount()
        var plan = try plan(processors: processors)
        // Sizes that somebody named are measured however long that takes. A busy machine may need longer than foretold.
        let deadline = MonotonicClock.now + UInt64(1.35e9 * seconds)
        let run = SpeedupRun(plan: plan, deadline: sizes.isEmpty ? deadline : nil, progress: meter.show)
        let measured = try run.measure()
        plan.repetitions = measured.values.map(\.count).min() ?? plan.repetitions
        return SpeedupResult(
            plan: plan,
            processors: processors,
            isOptimized: Self.isOptimized,
            measured: measured
        )
    }

    private static var isOptimized: Bool {
        #if DEBUG
        false
        #else
        true
        #endif
    }
}
