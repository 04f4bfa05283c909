internal import ArgumentParser
internal import Joblib

/// Where the experiment's tasks run.
enum SpeedupBackend: String, Sendable, CaseIterable, ExpressibleByArgument {
    /// A plain loop in the caller: what the others are measured against.
    case sequential
    case threads
    case processes

    var backend: any ParallelBackend {
        switch self {
        case .sequential: .sequential
        case .threads: .threads
        case .processes: .processes
        }
    }
}
