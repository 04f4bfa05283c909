import Testing

/// When a task ends badly × how it does.
///
/// Each cell is a program of its own, whose third of six tasks is the guilty one: what `mapResults` says of each, what `map`
/// throws, and whether the same pool then runs a further call.
@Suite("Crash table")
struct CrashTableTests {
    /// How a task ends, and how that is reported.
    struct Ending: Sendable, CustomTestStringConvertible {
        let deed: String
        /// As the case prints it; any of these.
        let reasons: [String]

        init(_ deed: String, _ reasons: String...) {
            self.deed = deed
            self.reasons = reasons
        }

        var testDescription: String { deed }
    }

    /// What takes the process with it, or has to be ended with it. A trap is signal 4 on Intel processors, 5 on ARM ones.
    static let deaths = ordinaryDeaths + exhaustion

    private static let ordinaryDeaths = [
        Ending("trap", "crashed(4)", "crashed(5)"),
        Ending("fatalError", "crashed(4)", "crashed(5)"),
        Ending("exit", "exited(3)"),
        Ending("null", "crashed(11)", "crashed(10)"),
        Ending("raise", "crashed(11)"),
        Ending("kill", "crashed(9)"),
        Ending("stop", "timedOut"),
        Ending("loop", "timedOut"),
        Ending("overflow", "crashed(11)", "crashed(10)"),
    ]

    #if os(Linux)
    // The stack, too, can't grow any more: what comes first is a matter of chance.
    private static let exhaustion = [
        Ending("memory", "crashed(4)", "crashed(5)", "crashed(6)", "crashed(11)", "crashed(10)")
    ]
    #else
    // Others do not hold a process to RLIMIT_AS.
    private static let exhaustion: [Ending] = []
    #endif

    /// Where a task dies, and of how many tasks the batches are.
    static let moments: [(moment: String, batchSize: Int)] = [
        ("decoding", 1), ("decoding", 4), ("running", 1), ("running", 4), ("asynchronous", 1), ("asynchronous", 4),
        ("nested", 1), ("encoding", 1), ("encoding", 4),
    ]

    /// What a task may throw, by moment.
    static let errors: [(moment: String, ending: Ending)] = [
        ("decoding", Ending("throwing", "threw(CodingFailure)")),
        ("decoding", Ending("throwingOther", "threw(CodingFailure)")),
        ("running", Ending("throwing", "threw(Mishap7)")),
        ("running", Ending("throwingOther", "threw(PlainMishap)")),
        ("running", Ending("throwingTrap", "crashed(4)", "crashed(5)")),
        ("asynchronous", Ending("throwing", "threw(Mishap7)")),
        ("asynchronous", Ending("throwingOther", "threw(PlainMishap)")),
        ("nested", Ending("throwing", "threw(TaskFailure)")),
        ("encoding", Ending("throwing", "unreadableResult(CodingFailure)")),
        ("encoding", Ending("throwingOther", "unreadableResult(CodingFailure)")),
    ]

    @Test(
        "A task that takes its process down, or must be ended with it, fails and is named",
        arguments: moments,
        deaths
    )
    func dies(_ place: (moment: String, batchSize: Int), _ ending: Ending) throws {
        try check(place.moment, ending, batchSize: place.batchSize)
    }

    @Test("A task that throws fails, and so does one whose values can't be coded", arguments: errors, [1, 4])
    func throwsError(_ row: (moment: String, ending: Ending), _ batchSize: Int) throws {
        try check(row.moment, row.ending, batchSize: batchSize)
    }

    @Test(
        "A worker that ends before it is ready is an error of the machinery, and the next call starts others",
        arguments: ["constructor", "initializer"],
        ["trap", "exit", "kill"]
    )
    func beforeTheFirstTask(_ moment: String, _ deed: String) throws {
        let lines = try ProcessCase.run(["crash", moment, deed, "1"])
        let error = "JoblibError.workerFailed"
        #expect(lines == ["results: \(error)", "map: \(error)", "again: 0 10 20 30"])
    }

    @Test("An initializer that throws is an error of the machinery", arguments: ["throwing", "throwingOther"])
    func initializerThrows(_ deed: String) throws {
        let lines = try ProcessCase.run(["crash", "initializer", deed, "1"])
        let error = "JoblibError.workerFailed"
        #expect(lines == ["results: \(error)", "map: \(error)", "again: 0 10 20 30"])
    }

    private func check(_ moment: String, _ ending: Ending, batchSize: Int) throws {
        let lines = try ProcessCase.run(["crash", moment, ending.deed, "\(batchSize)"])
        try #require(lines.count == 3, "\(lines)")
        let failures = ending.reasons.map { "2:\($0)" }
        #expect(failures.map { "results: 0 10 \($0) 30 40 50" }.contains(lines[0]), "\(lines[0])")
        #expect(failures.map { "map: \($0)" }.contains(lines[1]), "\(lines[1])")
        #expect(lines[2] == "again: 0 10 20 30")
    }
}
