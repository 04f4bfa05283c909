internal import ArgumentParser
internal import Joblib

/// Where the experiment's tasks run.
enum SpeedupBackend: String, Sendable, CaseIterable, ExpressibleByArgument {
    /// A plain loop without the library: what the others are measured against.
    case sequential
    case threads
    case processes

    /// The library's backend; nil for the loop without it.
    var backend: (any ParallelBackend)? {
        switch self {
        case .sequential: nil
        case .threads: .threads
        case .processes: .processes
        }
    }
}
