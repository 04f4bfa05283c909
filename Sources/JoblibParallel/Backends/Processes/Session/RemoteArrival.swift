/// What came of a batch in another process.
struct RemoteArrival: Sendable {
    /// How its process ended before the batch did.
    struct Death: Sendable {
        var reason: TaskFailure.Reason
        var evidence: WorkerEvidence
        /// The task that ran, counted from the batch's first; `nil` when it can't be told which task was to blame.
        var task: Int?
    }

    var parts: [BatchReport]
    var worker: WorkerIdentity
    var death: Death?
    /// The bytes of a payload.
    var bytes: @Sendable (Payload) throws -> [UInt8]
    var decoder: @Sendable () -> WireCoder
}
