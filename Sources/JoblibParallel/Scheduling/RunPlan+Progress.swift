internal import JoblibSystem

extension RunPlan {
    /// Who shows how far the call has come; `nil` when nobody is to.
    func progressObserver(total: Int?) -> (any ProgressObserver)? {
        let start = MonotonicClock.now
        return ProgressObservers.make(
            style: progress,
            verbose: verbose,
            label: label,
            knownTotal: total,
            // With "all", as joblib counts it, none.
            preDispatched: isSequential ? 0 : window ?? 0,
            terminal: ProgressTerminal(
                isTerminal: Terminal.isTerminal(2),
                environment: { Environment.value($0) },
                columns: { Terminal.columns(2) ?? 80 },
                write: { StandardError.write($0) }
            ),
            now: { .nanoseconds(Int64(clamping: MonotonicClock.now &- start)) }
        )
    }

    var progressStart: ProgressStart {
        ProgressStart(backendName: backend.messageName, jobs: jobs, isSequential: isSequential)
    }
}
