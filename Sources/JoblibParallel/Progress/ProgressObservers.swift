/// Makes the observer a call's options ask for.
package enum ProgressObservers {
    /// The observer for `style` and `verbose` together, or `nil` where nothing is to be shown.
    ///
    /// ```swift
    /// let observer = ProgressObservers.make(
    ///     style: .bar,
    ///     verbose: 10,
    ///     label: -1,
    ///     knownTotal: files.count,
    ///     preDispatched: 16,
    ///     terminal: standardError,
    ///     now: clock
    /// )
    /// observer?.started(ProgressStart(backendName: "ThreadingBackend", jobs: 8))
    /// ```
    ///
    /// - Parameters:
    ///   - style: The `progress:` of the call.
    ///   - verbose: The `verbose:` of the call; nothing is said below 1.
    ///   - label: The number of jobs as the user gave it, such as -1.
    ///   - barLabel: Stands before the bar; empty for none.
    ///   - knownTotal: The length of the input, if it has one.
    ///   - preDispatched: Pre-dispatch as a number of tasks; 0 for "all".
    ///   - terminal: Standard error; looked at only when something is to be written there.
    ///   - now: A clock that never goes back.
    package static func make(
        style: ProgressStyle,
        verbose: Int,
        label: Int,
        barLabel: String = "",
        knownTotal: Int?,
        preDispatched: Int,
        terminal: @autoclosure () -> ProgressTerminal,
        now: @escaping @Sendable () -> Duration
    ) -> (any ProgressObserver)? {
        let messages =
            verbose > 0
            ? JoblibMessages(label: label, verbose: verbose, knownTotal: knownTotal, preDispatched: preDispatched)
            : nil
        switch style.kind {
        case .hidden:
            return messages.map { lines($0, on: terminal()) }
        case .handler(let body):
            let handler = ProgressHandler(body)
            guard let messages else { return handler }
            return CombinedProgressObserver(lines(messages, on: terminal()), handler)
        case .bar:
            let printer = ProgressBarPrinter(label: barLabel, knownTotal: knownTotal, terminal: terminal(), now: now)
            guard let messages else { return printer }
            // Both write through the printer, which takes the bar out of the way of a message.
            return CombinedProgressObserver(VerbosePrinter(messages) { printer.print($0) }, printer)
        }
    }

    private static func lines(_ messages: JoblibMessages, on terminal: ProgressTerminal) -> VerbosePrinter {
        VerbosePrinter(messages) { terminal.write($0 + "\n") }
    }
}

/// Two observers of one call.
struct CombinedProgressObserver: ProgressObserver {
    let first: any ProgressObserver
    let second: any ProgressObserver

    init(_ first: any ProgressObserver, _ second: any ProgressObserver) {
        self.first = first
        self.second = second
    }

    func started(_ start: ProgressStart) {
        first.started(start)
        second.started(start)
    }

    func batchEnded(_ event: ProgressEvent) {
        first.batchEnded(event)
        second.batchEnded(event)
    }

    func batchSizeChanged(tooFast: Bool, batchDuration: Duration, to size: Int) {
        first.batchSizeChanged(tooFast: tooFast, batchDuration: batchDuration, to: size)
        second.batchSizeChanged(tooFast: tooFast, batchDuration: batchDuration, to: size)
    }

    func finished(_ event: ProgressEvent) {
        first.finished(event)
        second.finished(event)
    }
}
