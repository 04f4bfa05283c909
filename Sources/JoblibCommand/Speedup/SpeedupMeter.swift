internal import Joblib
internal import JoblibParallel
internal import JoblibSystem
internal import Synchronization

/// Shows how far an experiment is: a bar that names the setting under way, or plain lines where there is no terminal.
final class SpeedupMeter: Sendable {
    private static let redrawInterval: UInt64 = 100_000_000

    private let isHidden: Bool
    private let terminal: ProgressTerminal
    private let start = MonotonicClock.now
    /// For what is no terminal.
    private let lines: ProgressBarPrinter
    /// When the bar was last drawn.
    private let drawn = Mutex<UInt64?>(nil)

    init(isHidden: Bool) {
        self.isHidden = isHidden
        terminal = ProgressTerminal(
            isTerminal: Terminal.isTerminal(StandardError.descriptor),
            environment: { Environment.value($0) },
            columns: { Terminal.columns(StandardError.descriptor) ?? 80 },
            write: { StandardError.write($0) }
        )
        let start = start
        lines = ProgressBarPrinter(label: "measuring", terminal: terminal) {
            .nanoseconds(Int64(clamping: MonotonicClock.now &- start))
        }
    }

    /// Shows that `done` of `total` measurements have been made.
    ///
    /// - Parameter next: What is measured now; nil at the end.
    func show(_ done: Int, _ total: Int, _ next: SpeedupCell?) {
        guard !isHidden else { return }
        let now = MonotonicClock.now
        let elapsed = Duration.nanoseconds(Int64(clamping: now &- start))
        let snapshot = ProgressSnapshot(
            done: done,
            total: total,
            dispatched: done,
            elapsed: elapsed,
            isFinished: next == nil
        )
        guard terminal.isTerminal else { return lines.update(snapshot) }
        let isDue = drawn.withLock { drawn in
            guard next == nil || now &- (drawn ?? 0) >= Self.redrawInterval else { return false }
            drawn = now
            return true
        }
        guard isDue else { return }
        let setting = next.map { "\($0.backend.rawValue), \(HumanText.count($0.jobs, "job"))" } ?? "measured"
        // As wide as the widest, so that the bar's left end stays where it is.
        let label = setting + String(repeating: " ", count: max(0, "processes, 16 jobs".count - setting.count))
        let bar = ProgressBar(label: label, unicode: terminal.unicode, colours: terminal.colours)
        let line = bar.line(for: snapshot, width: max(1, terminal.columns() - 1))
        terminal.write("\r\(line)\u{1B}[K" + (next == nil ? "\n" : ""))
    }

    /// Leaves the line on which the bar stands.
    func interrupt() {
        let isDrawn = drawn.withLock { $0 != nil }
        StandardError.write((isDrawn ? "\n" : "") + "Interrupted; nothing was written.\n")
    }
}
