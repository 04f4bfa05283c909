/// The options of a call that its workers need.
struct RemoteRunOptions: Sendable {
    /// Of the tasks' random numbers.
    var seed: UInt64
    /// How long a task may run, in nanoseconds; 0: no limit.
    var timeout: UInt64
    /// The first failure ends a batch.
    var stopsAtFailure: Bool
    /// Another call will use the same workers.
    var keepsWorkers: Bool
}
