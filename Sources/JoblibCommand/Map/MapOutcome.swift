/// How a task ended.
enum MapOutcome: Hashable, Sendable {
    case exited(Int32)
    case signalled(Int32)
    case timedOut(Duration)
    /// Killed because it wanted to read from the terminal, which would have stopped it for ever.
    case wantedTerminal
    /// The command could not be started.
    case notStarted(String)
    /// Its result was kept from another run.
    case cached
    /// Killed because the run ended early: neither done nor failed.
    case stopped

    var isSuccess: Bool { self == .exited(0) || self == .cached }

    /// The exit code as a shell would tell it, and as the job log has it.
    var exitCode: Int32 {
        switch self {
        case .exited(let code): code
        case .cached: 0
        case .timedOut, .wantedTerminal, .stopped: -1
        case .notStarted: 127
        case .signalled: 0
        }
    }

    var signal: Int32 {
        switch self {
        case .signalled(let number): number
        case .timedOut, .wantedTerminal, .stopped: 15
        default: 0
        }
    }
}
