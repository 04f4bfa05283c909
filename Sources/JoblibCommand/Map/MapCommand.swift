import ArgumentParser
internal import Joblib
internal import JoblibSystem

/// `joblib map`: a command, run for many inputs.
struct MapCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "map",
        abstract: "Runs a command for many inputs, several at once.",
        usage: "joblib map [<options>] '<command>' [<input> ...]",
        discussion: """
            The command is one argument. It is split into words and started without a shell: an input is always exactly \
            one argument, whatever is in it. All that follows is inputs; without any they are read from standard input, \
            one a line. Options come first.

            In the command stand for the input: {} as it is, {.} without extension, {/} its name, {//} its directory, \
            {/.} its name without extension; {#} its number, {%} the number of the place it runs at; {1}, {2/.}, {name} \
            its columns. A command without any gets the input as its last argument.

            EXAMPLES
              joblib map -j 4 'convert {} -resize 50% out/{/}' *.png
              find . -name '*.wav' -print0 | joblib map -0 --bar 'lame --quiet {} {.}.mp3'
              joblib map --csv --header -a jobs.csv 'fetch --user {name} {url}'
              joblib map --shell 'sort {} | uniq -c > {.}.counts' *.txt
              joblib map --joblog run.log --resume --timeout 5m 'simulate {}' < seeds

            Ctrl-C lets running tasks finish; a second one kills them. Exit codes: 0 all done, 1 some task failed, 2 \
            wrong use, 130 interrupted by Ctrl-C, 129 by a hangup (SIGHUP), 143 by SIGTERM, 141 when the reader of the \
            output has gone.
            """
    )

    @OptionGroup(title: "Running") var running: MapRunOptions
    @OptionGroup(title: "Inputs") var input: MapInputOptions
    @OptionGroup(title: "Output") var output: MapOutputOptions
    @OptionGroup(title: "Records") var record: MapRecordOptions

    @Argument(
        parsing: .captureForPassthrough,
        help: ArgumentHelp("The command, and the inputs.", visibility: .private)
    )
    var words: [String] = []

    func run() throws {
        ByteStream.fillStandard()
        let (text, arguments) = try commandAndInputs()
        try checkPaths()
        let (settings, format) = (try settings(), try format())
        let inputs = try reader(arguments, format)
        let names = try header(inputs, format)
        let template = try template(text, names, format)
        let executables = ExecutableSearch()
        if let name = template.constantName { _ = try executables.path(of: name) }
        let finished = try finishedBefore()
        if running.isDryRun { return try DryRun(template, inputs, finished).run() }
        try checkReport()
        if !hasInputs(arguments), Terminal.isTerminal(0) {
            StandardError.write("joblib map: reading inputs from the terminal, one a line; Ctrl-D ends them\n")
        }
        let style: MapScreen.Style = output.hasBar ? .bar : output.hasETA ? .lines : .quiet
        let plan = MapPlan(
            settings: settings,
            template: template,
            inputs: inputs,
            executables: executables,
            screen: MapScreen(style),
            log: try record.log.map { try JobLog($0, continued: finished != nil) },
            finishedBefore: finished,
            cache: try record.cache.map { try MapCache(directory: $0) },
            results: try record.results.map { try ResultsDirectory($0) }
        )
        try finish(plan)
    }

    private func finish(_ plan: MapPlan) throws {
        let run = try MapRun(plan)
        let result = Result { try run.run() }
        let summary = MapSummary(
            tally: run.tally,
            jobs: plan.settings.jobs,
            elapsed: run.elapsed,
            isInterrupted: run.interruption != nil,
            isHalted: run.isClosing && run.interruption == nil && run.failure == nil && !run.isReaderGone,
            isReaderGone: run.isReaderGone
        )
        // Errors first: programs look for the summary in the last line.
        if case .failure(let error) = result { say(error) }
        let isReported = wroteReport(of: run)
        StandardError.write(output.isJSON ? summary.json : summary.text)
        if case .failure(let error) = result { throw ExitCode(CommandExit.code(of: error)) }
        if let interruption = run.interruption { throw ExitCode(interruption.exitCode) }
        guard isReported else { throw ExitCode(CommandExit.failed) }
        if run.isHaltedBySuccess { return }
        // 128 and the number of SIGPIPE, which is how others end whose reader has gone.
        if run.isReaderGone { throw ExitCode(141) }
        if run.tally.failed > 0 { throw ExitCode(CommandExit.failed) }
    }

    private func say(_ error: any Error) {
        if !CommandExit.isSilent(error) { StandardError.write(JoblibTool.fullMessage(for: error) + "\n") }
    }

    /// Writes the report that was asked for. Where that fails it is said, but how the run ended matters more.
    private func wroteReport(of run: MapRun) -> Bool {
        guard let path = record.report else { return true }
        do {
            try path.hasSuffix(".json") ? run.report.writeTrace(to: path) : run.report.writeTimeline(to: path)
            return true
        } catch {
            say(error)
            return false
        }
    }

    /// The command, and the inputs that follow it.
    private func commandAndInputs() throws -> ([UInt8], [[UInt8]]) {
        var words = words
        if words.first == "--" {
            words.removeFirst()
        } else if let first = words.first, first.hasPrefix("-") {
            if ["-h", "--help"].contains(first) { throw CleanExit.helpRequest(self) }
            throw CommandFailure.wrongUse(
                "Unknown option \(first), or one without its value. A command that begins with a dash follows --."
            )
        }
        guard let command = words.first else {
            throw CommandFailure.wrongUse("What is to be run? Usage: joblib map [<options>] '<command>' [<input> ...]")
        }
        var inputs = words.dropFirst()
        // For those who are used to it. A file of this name is an input behind another --.
        if inputs.first == "--" {
            inputs.removeFirst()
        } else if let sign = inputs.first, [":::", ":::+", "::::", "::::+"].contains(sign) {
            throw CommandFailure.wrongUse(
                """
                \(sign) is GNU parallel's. Here inputs just follow the command, and those of a file are read with --arg-file. \
                An input of this name follows --.
                """
            )
        }
        if !inputs.isEmpty, input.file != nil {
            throw CommandFailure.wrongUse("Inputs come from arguments or from --arg-file, not from both.")
        }
        return (ByteText.bytes(command), inputs.map(ByteText.bytes))
    }
}
