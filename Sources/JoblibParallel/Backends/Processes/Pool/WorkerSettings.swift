internal import JoblibSystem

/// What the workers of a pool have in common.
struct WorkerSettings: Sendable, Hashable {
    /// The function that prepares a worker.
    var initializer: [UInt8]?
    /// After so many tasks a worker is replaced.
    var maxTasks: Int?
    /// A worker that uses more memory, in bytes, is replaced.
    var maxMemory: Int?
    /// How long a worker waits for work before it ends, in nanoseconds.
    var idleTime: UInt64
}
