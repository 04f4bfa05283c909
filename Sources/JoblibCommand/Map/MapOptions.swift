import ArgumentParser

/// Where inputs come from.
struct MapInputOptions: ParsableArguments {
    @Option(
        name: [.customShort("a", allowingJoined: true), .customLong("arg-file")],
        help: ArgumentHelp("Read inputs from a file, one a line; - is standard input.", valueName: "file")
    )
    var file: String?

    @Flag(
        name: [.customShort("0"), .customLong("null")],
        help: "Inputs end with zero bytes, as `find -print0` writes them."
    )
    var isNull = false

    @Flag(name: .customLong("csv"), help: "Inputs are rows of a table; the columns are {1}, {2}, …")
    var isCSV = false

    @Option(
        name: .customLong("colsep"),
        help: ArgumentHelp("What separates columns: one character, or \\t.", valueName: "c")
    )
    var separator: String?

    @Flag(name: .customLong("header"), help: "The first row names the columns: {name}.")
    var hasHeader = false
}

/// How tasks are run.
struct MapRunOptions: ParsableArguments {
    @Option(
        name: [.customShort("j", allowingJoined: true), .long],
        parsing: .unconditional,
        help: ArgumentHelp("Tasks at once; -1 (default): as many as there are processors.", valueName: "n")
    )
    var jobs: Int = -1

    @Flag(name: .customLong("shell"), help: "The command is a script for /bin/sh; inputs in it are quoted.")
    var isShell = false

    @Option(
        name: .customLong("timeout"),
        help: ArgumentHelp("End a task that takes longer: 30, 1.5s, 2m, 1h.", valueName: "time")
    )
    var timeout: MapDuration?

    @Option(
        name: .customLong("retries"),
        help: ArgumentHelp("Run a task that failed up to n times more.", valueName: "n")
    )
    var retries: Int = 0

    @Option(
        name: .customLong("retry-delay"),
        help: ArgumentHelp("Wait before trying again; twice as long each time.", valueName: "time")
    )
    var retryDelay: MapDuration?

    @Option(
        name: .customLong("halt"),
        help: ArgumentHelp(
            """
            Stop early: now (kill what runs) or soon, when so many tasks fail, succeed or are done: now,fail=1; \
            soon,fail=10%.
            """,
            valueName: "rule"
        )
    )
    var halt: HaltRule = .never

    @Option(name: .customLong("delay"), help: ArgumentHelp("Wait between starts.", valueName: "time"))
    var delay: MapDuration?

    @Option(name: .customLong("nice"), help: ArgumentHelp("Run commands with this niceness.", valueName: "n"))
    var nice: Int = 0

    @Option(
        name: .customLong("memfree"),
        help: ArgumentHelp(
            "Start nothing with less memory free, and take the youngest task back at half of it: 2G.",
            valueName: "size"
        )
    )
    var memory: ByteLimit?

    @Flag(name: [.customShort("n"), .customLong("dry-run")], help: "Show the commands; run nothing.")
    var isDryRun = false
}

/// What is shown.
struct MapOutputOptions: ParsableArguments {
    @Flag(name: .customLong("unordered"), help: "Show outputs as tasks end, not in the order of inputs.")
    var isUnordered = false

    @Flag(name: .customLong("stream"), help: "Show lines as they come, each after its input (a tag).")
    var isStreamed = false

    @Flag(name: .customLong("tag"), help: "Put the input before each line of output.")
    var isTagged = false

    @Flag(name: .customLong("bar"), help: "Show a bar with the time left.")
    var hasBar = false

    @Flag(name: .customLong("eta"), help: "Tell how far it is and the time left, in lines.")
    var hasETA = false

    @Flag(name: .customLong("json"), help: "Write a summary as JSON, the last line of standard error.")
    var isJSON = false
}

/// What is kept.
struct MapRecordOptions: ParsableArguments {
    @Option(
        name: .customLong("joblog"),
        help: ArgumentHelp("Write a line for each task that is done.", valueName: "file")
    )
    var log: String?

    @Flag(name: .customLong("resume"), help: "Leave out what the job log says is done.")
    var isResumed = false

    @Flag(name: .customLong("resume-failed"), help: "The same, but run again what failed.")
    var isResumedFailed = false

    @Option(
        name: .customLong("cache"),
        help: ArgumentHelp("Keep outputs here, and do not run again what would give the same.", valueName: "dir")
    )
    var cache: String?

    @Option(
        name: .customLong("results"),
        help: ArgumentHelp("Write outputs to files, a directory for each task.", valueName: "dir")
    )
    var results: String?

    @Option(
        name: .customLong("report"),
        help: ArgumentHelp("Write what ran when: a picture (.svg), or a trace (.json).", valueName: "file")
    )
    var report: String?
}
