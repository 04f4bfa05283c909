internal import JoblibSystem

/// What a worker has left behind about its end.
struct CrashEvidence {
    /// What the runtime said, as in "Fatal error: Index out of range".
    let message: String?
    let traceback: [TracebackFrame]

    init(_ link: WorkerLink, tail: String) {
        message = nil
        traceback = []
    }

    /// Where a worker is at this moment.
    static func stack(of link: WorkerLink) -> [TracebackFrame] { [] }
}
