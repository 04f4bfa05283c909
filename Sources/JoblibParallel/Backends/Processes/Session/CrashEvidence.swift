internal import JoblibSystem

/// What a worker has left behind about its end.
struct CrashEvidence {
    /// The signal that ended it, if it was one that could be caught.
    let signal: Int32?
    /// What the runtime said, as in "Fatal error: Index out of range".
    let message: String?
    let traceback: [TracebackFrame]

    init(_ link: WorkerLink, tail: String) {
        let record = link.crashes.crash
        signal = record?.signal
        message = record?.message(standardErrorTail: tail)
        traceback = record.map { TracebackFrame.frames(of: $0.stack, .stopped) } ?? []
    }

    /// Where a worker's task is at this moment; empty when the process does not answer.
    static func stack(of link: WorkerLink) -> [TracebackFrame] {
        let deadline = MonotonicClock.now &+ 200_000_000
        return link.crashes.requestStack(from: link.child, until: deadline)
            .map { TracebackFrame.frames(of: $0, .stopped) } ?? []
    }
}
