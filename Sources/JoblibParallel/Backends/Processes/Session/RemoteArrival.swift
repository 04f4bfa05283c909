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
    /// What the worker has sent beside its messages.
    var inbox: SegmentInbox
    var format: WireFormat

    func bytes(_ payload: Payload) throws -> [UInt8] {
        switch payload {
        case .inline(let bytes): bytes
        case .segment(let number, let count): try inbox.bytes(of: number, count: count)
        }
    }

    func decoder() -> WireCoder { WireCoder(format, source: SegmentSource(inbox)) }
}
