import Testing

@testable import JoblibParallel

@Suite("What a call's options show")
struct ProgressObserversTests {
    let output = Recorder()
    let clock = HandClock()

    func observer(
        _ style: ProgressStyle,
        verbose: Int,
        isTerminal: Bool = true,
        total: Int? = 20
    ) -> (any ProgressObserver)? {
        ProgressObservers.make(
            style: style,
            verbose: verbose,
            label: 2,
            knownTotal: total,
            preDispatched: 4,
            terminal: ProgressTerminal(
                isTerminal: isTerminal,
                colours: false,
                unicode: false,
                columns: { 60 },
                write: output.write
            ),
            now: clock.now
        )
    }

    @Test("Where nothing is to be shown there is no observer, and the terminal is not even looked at")
    func noObserver() {
        let observer = ProgressObservers.make(
            style: .hidden,
            verbose: 0,
            label: 1,
            knownTotal: 5,
            preDispatched: 2,
            terminal: { () -> ProgressTerminal in
                Issue.record("The terminal was looked at")
                return ProgressTerminal(isTerminal: false, environment: { _ in nil }, columns: { 0 }, write: { _ in })
            }(),
            now: clock.now
        )
        #expect(observer == nil)
    }

    @Test("Verbose alone writes joblib's lines and nothing else")
    func verboseAlone() throws {
        let run = SimulatedRun(verbose: 10, tasks: 20, isList: true, preDispatched: 4, batch: 1, isSequential: false)
        try run.play(to: #require(observer(.hidden, verbose: 10)))
        #expect(output.text == run.transcript())
    }

    @Test("Verbose with a handler writes the same lines, and the handler hears of each batch")
    func verboseWithHandler() throws {
        let seen = Shared<[Int]>([])
        let run = SimulatedRun(verbose: 10, tasks: 20, isList: true, preDispatched: 4, batch: 1, isSequential: false)
        try run.play(to: #require(observer(.handler { seen.value.append($0.done) }, verbose: 10)))
        #expect(output.text == run.transcript())
        #expect(seen.value == Array(1...20) + [20])
    }

    @Test("On a screen, verbose lines stand whole above the bar")
    func verboseAboveTheBar() throws {
        let run = SimulatedRun(verbose: 10, tasks: 20, isList: true, preDispatched: 4, batch: 1, isSequential: false)
        try run.play(to: #require(observer(.bar, verbose: 10)))
        let screen = Screen(showing: output.text)
        let messages = run.transcript().split(separator: "\n").map(String.init)
        #expect(screen.lines == messages + ["100%|#########################| 20/20 [2.7s, 7.3/s]", ""])
    }

    @Test("In a file, verbose lines and the bar's sentences alternate")
    func verboseWithBarInAFile() throws {
        let run = SimulatedRun(verbose: 1, tasks: 20, isList: false, preDispatched: 4, batch: 1, isSequential: false)
        try run.play(to: #require(observer(.bar, verbose: 1, isTerminal: false, total: nil)))
        #expect(
            output.lines == [
                "[Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.",
                "1 done, 0.1s elapsed, 7.3/s",
                "18 of 20 (90%), 2.4s elapsed, 0.2s left, 7.3/s",
                "[Parallel(n_jobs=2)]: Done  20 out of  20 | elapsed:    2.7s finished",
                "20 of 20 (100%), finished in 2.7s, 7.3/s",
            ]
        )
    }

    @Test("The bar is there before the first task ends")
    func barIsThereAtOnce() throws {
        try #require(observer(.bar, verbose: 0)).started(ProgressStart(backendName: "ThreadingBackend", jobs: 2))
        #expect(output.text.hasPrefix("\r  0%|"))
        #expect(output.text.contains("0/20 [0.0s]"))
    }

    @Test("The environment decides about redrawing, colours and block characters")
    func environment() {
        func terminal(_ isTerminal: Bool, _ environment: [String: String]) -> [Bool] {
            let terminal = ProgressTerminal(
                isTerminal: isTerminal,
                environment: { environment[$0] },
                columns: { 80 },
                write: { _ in }
            )
            return [terminal.isTerminal, terminal.colours, terminal.unicode]
        }
        #expect(terminal(true, ["TERM": "xterm", "LANG": "en_GB.UTF-8"]) == [true, true, true])
        #expect(terminal(true, ["TERM": "xterm", "LANG": "C.utf8", "NO_COLOR": "1"]) == [true, false, true])
        #expect(terminal(true, ["TERM": "xterm", "LANG": "C.utf8", "NO_COLOR": ""]) == [true, true, true])
        #expect(terminal(true, ["TERM": "xterm", "LANG": "en_GB.UTF-8", "LC_ALL": "C"]) == [true, true, false])
        #expect(terminal(true, ["TERM": "xterm", "LANG": "C", "LC_CTYPE": "de_DE.UTF-8@euro"]) == [true, true, true])
        #expect(terminal(true, ["TERM": "dumb", "LANG": "C.UTF-8"]) == [false, false, true])
        #expect(terminal(true, [:]) == [false, false, false])
        #expect(terminal(false, ["TERM": "xterm"]) == [false, false, false])
    }
}

/// As much of a terminal as the bar uses: carriage return, newline, erase to end of line.
struct Screen {
    private(set) var lines: [String] = []

    init(showing text: String) {
        var line: [Character] = []
        var column = 0
        var rest = Substring(text)
        while let character = rest.first {
            if rest.hasPrefix("\u{1B}[K") {
                line.removeSubrange(min(column, line.count)...)
                rest = rest.dropFirst(3)
                continue
            }
            rest = rest.dropFirst()
            switch character {
            case "\r":
                column = 0
            case "\n":
                lines.append(String(line))
                line = []
                column = 0
            default:
                if column < line.count { line[column] = character } else { line.append(character) }
                column += 1
            }
        }
        lines.append(String(line))
    }
}
