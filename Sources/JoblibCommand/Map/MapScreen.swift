internal import Joblib
internal import JoblibParallel
internal import JoblibSystem

/// What a person sees of a run, on standard error: a bar, lines with the time left, and messages.
final class MapScreen {
    enum Style {
        case quiet, bar, lines
    }

    private static let tick: UInt64 = 500_000_000

    private let printer: ProgressBarPrinter?
    /// Whether a bar stands on the line that outputs go to.
    private let sharesTerminal: Bool
    private var isBarShown = false
    private var total: Int?
    private var lastNote = ""
    private(set) var nextUpdate = Poll.forever

    init(_ style: Style) {
        let isTerminal = Terminal.isTerminal(StandardError.descriptor)
        guard style != .quiet else {
            printer = nil
            sharesTerminal = false
            return
        }
        let terminal = ProgressTerminal(
            isTerminal: isTerminal && style == .bar,
            environment: { Environment.value($0) },
            columns: { Terminal.columns(StandardError.descriptor) ?? 80 },
            write: { StandardError.write($0) }
        )
        printer = ProgressBarPrinter(terminal: terminal) { .nanoseconds(Int64(clamping: MonotonicClock.now)) }
        sharesTerminal = terminal.isTerminal && Terminal.isTerminal(1)
    }

    func begin(total: Int?) {
        self.total = total
        guard printer != nil else { return }
        update(MapTally(), elapsed: .zero, started: 0, inputsEnded: false)
    }

    func update(_ tally: MapTally, elapsed: Duration, started: Int, inputsEnded: Bool) {
        guard let printer else { return }
        if inputsEnded { total = started }
        printer.update(snapshot(tally, elapsed, started))
        isBarShown = true
        nextUpdate = MonotonicClock.now + Self.tick
    }

    func end(_ tally: MapTally, elapsed: Duration, started: Int, isComplete: Bool) {
        guard let printer else { return }
        if isComplete { total = started }
        var last = snapshot(tally, elapsed, started)
        last.isFinished = true
        printer.update(last)
        isBarShown = false
    }

    private func snapshot(_ tally: MapTally, _ elapsed: Duration, _ started: Int) -> ProgressSnapshot {
        ProgressSnapshot(
            done: tally.done + tally.skipped,
            total: total,
            dispatched: started,
            failed: tally.failed,
            elapsed: elapsed
        )
    }

    /// Makes room for output where the bar stands; the bar comes back below.
    func clearLine() {
        guard sharesTerminal, isBarShown else { return }
        StandardError.write("\r\u{1B}[K")
        isBarShown = false
    }

    /// Says something, but not twice in a row.
    func note(_ text: String) {
        let kind = String(text.prefix { $0 != ":" })
        guard kind != lastNote else { return }
        lastNote = kind
        let line = "joblib map: \(text)"
        if let printer { printer.print(line) } else { StandardError.write(line + "\n") }
    }
}
