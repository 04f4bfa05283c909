/// Who watches a call: joblib's messages, a bar, a user's handler, or several of them.
///
/// `started` comes first and `finished` last, once each. `batchEnded` comes from any thread, several at once, and may
/// arrive in another order than the batches ended; the observer sorts that out.
package protocol ProgressObserver: Sendable {
    /// The call begins.
    func started(_ start: ProgressStart)
    /// A batch has ended.
    func batchEnded(_ event: ProgressEvent)
    /// Automatic batching found batches of the old size too fast or too slow.
    func batchSizeChanged(tooFast: Bool, batchDuration: Duration, to size: Int)
    /// The call has ended, well or not; what is shown for good has been shown when this returns.
    func finished(_ event: ProgressEvent)
}

extension ProgressObserver {
    package func started(_ start: ProgressStart) {}
    package func batchSizeChanged(tooFast: Bool, batchDuration: Duration, to size: Int) {}
}
