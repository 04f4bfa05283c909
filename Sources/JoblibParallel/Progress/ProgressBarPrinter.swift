internal import JoblibSystem

/// Draws a bar on a terminal, or writes plain lines elsewhere, as snapshots come in from any thread.
///
/// A terminal is redrawn at most every 100 ms, in place; the last state is always drawn and followed by a newline. The
/// cursor is never hidden, so nothing has to be restored when the program is killed. Elsewhere the first state is
/// written, then each tenth of the tasks or, where those are slow, a line every 10 s, and the last.
///
/// A thread that finds another one drawing goes on with its work: a stuck terminal holds up one thread, not all of them.
package final class ProgressBarPrinter: Sendable {
    private struct State {
        /// What was last drawn or written.
        var shown: ProgressSnapshot?
        var shownAt: Duration?
        var isFinished = false
    }

    private static let redrawInterval: Duration = .milliseconds(100)
    private static let lineInterval: Duration = .seconds(10)
    private static let eraseToEndOfLine = "\u{1B}[K"

    private let bar: ProgressBar
    private let terminal: ProgressTerminal
    private let knownTotal: Int?
    private let now: @Sendable () -> Duration
    private let state = Lock(State())

    /// - Parameters:
    ///   - label: Stands before the bar; empty for none.
    ///   - knownTotal: The length of the input, for the empty bar at the start.
    ///   - terminal: Where to draw, and with what.
    ///   - now: A clock that never goes back.
    package init(
        label: String = "",
        knownTotal: Int? = nil,
        terminal: ProgressTerminal,
        now: @escaping @Sendable () -> Duration
    ) {
        self.knownTotal = knownTotal
        self.bar = ProgressBar(label: label, unicode: terminal.unicode, colours: terminal.colours)
        self.terminal = terminal
        self.now = now
    }

    /// Shows `snapshot` if it is due; one that is older than what is shown is ignored.
    package func update(_ snapshot: ProgressSnapshot) {
        if snapshot.isFinished {
            state.withLock { finish(snapshot, &$0) }
        } else {
            _ = state.withLockIfAvailable { show(snapshot, &$0) }
        }
    }

    /// Writes a line of text without leaving pieces of the bar in it: the bar moves down below.
    package func print(_ text: String) {
        state.withLock { state in
            guard terminal.isTerminal, let shown = state.shown, !state.isFinished else {
                return terminal.write(text + "\n")
            }
            terminal.write("\r" + text + Self.eraseToEndOfLine + "\n" + drawing(of: shown))
        }
    }

    private func show(_ snapshot: ProgressSnapshot, _ state: inout State) {
        guard !state.isFinished, snapshot.done >= state.shown?.done ?? 0 else { return }
        guard isDue(snapshot, at: now(), after: state) else { return }
        terminal.write(terminal.isTerminal ? drawing(of: snapshot) : bar.sentence(for: snapshot) + "\n")
        state.shown = snapshot
        // Not `time`: a terminal that takes long to draw is left alone for the whole interval afterwards.
        state.shownAt = now()
    }

    private func finish(_ snapshot: ProgressSnapshot, _ state: inout State) {
        guard !state.isFinished else { return }
        state.isFinished = true
        var snapshot = snapshot
        snapshot.done = max(snapshot.done, state.shown?.done ?? 0)
        terminal.write((terminal.isTerminal ? drawing(of: snapshot) : bar.sentence(for: snapshot)) + "\n")
        state.shown = snapshot
    }

    private func isDue(_ snapshot: ProgressSnapshot, at time: Duration, after state: State) -> Bool {
        if terminal.isTerminal {
            return state.shownAt.map { time - $0 >= Self.redrawInterval } ?? true
        }
        // The last line is about to say it, in other words.
        if let total = snapshot.total, snapshot.done >= total { return false }
        guard let shown = state.shown, let shownAt = state.shownAt else { return snapshot.done > 0 }
        return time - shownAt >= Self.lineInterval || Self.tenths(snapshot) > Self.tenths(shown)
    }

    private static func tenths(_ snapshot: ProgressSnapshot) -> Int {
        guard let total = snapshot.total, total > 0 else { return 0 }
        return Int(Double(snapshot.done) / Double(total) * 10)
    }

    /// The bar over whatever stands on the line.
    private func drawing(of snapshot: ProgressSnapshot) -> String {
        let columns = terminal.columns()
        // The last column stays free: a character there leaves some terminals about to wrap, and others wrapped.
        let width = columns > 0 ? max(1, columns - 1) : 79
        return "\r" + bar.line(for: snapshot, width: width) + Self.eraseToEndOfLine
    }
}

extension ProgressBarPrinter: ProgressObserver {
    package func started(_ start: ProgressStart) {
        // Something to look at while the first tasks run; a log can wait for news.
        guard terminal.isTerminal else { return }
        update(ProgressSnapshot(done: 0, total: knownTotal, dispatched: 0, elapsed: .zero))
    }

    package func batchEnded(_ event: ProgressEvent) {
        update(event.snapshot())
    }

    package func finished(_ event: ProgressEvent) {
        update(event.snapshot(isFinished: true))
    }
}
