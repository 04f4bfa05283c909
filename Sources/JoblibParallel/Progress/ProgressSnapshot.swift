/// How far a parallel call has come, at one moment.
///
/// A ``ProgressStyle/handler(_:)`` receives one after every batch that ends, batches that end while it still runs in one,
/// and a last one whose ``isFinished`` is true.
///
/// ```swift
/// let parallel = Parallel(jobs: 8, progress: .handler { snapshot in
///     print(snapshot.done, "of", snapshot.total ?? -1, "left:", snapshot.remaining ?? .zero)
/// })
/// ```
public struct ProgressSnapshot: Sendable, Hashable {
    /// How many tasks have ended, failed ones included.
    public var done: Int
    /// How many tasks there are in all; `nil` while the input, which may be lazy, has not told.
    public var total: Int?
    /// How many tasks have been taken from the input so far.
    public var dispatched: Int
    /// How many of the ended tasks failed for good.
    public var failed: Int
    /// The time since the call began.
    public var elapsed: Duration
    /// True in the last snapshot of a call, whether it ended well or not.
    public var isFinished: Bool

    /// Makes a snapshot; programs need this only to test their handlers.
    public init(
        done: Int,
        total: Int?,
        dispatched: Int,
        failed: Int = 0,
        elapsed: Duration,
        isFinished: Bool = false
    ) {
        self.done = done
        self.total = total
        self.dispatched = dispatched
        self.failed = failed
        self.elapsed = elapsed
        self.isFinished = isFinished
    }

    /// Tasks ended per second since the call began; `nil` before the first.
    public var rate: Double? {
        let seconds = elapsed / .seconds(1)
        return done > 0 && seconds > 0 ? Double(done) / seconds : nil
    }

    /// The time the rest will take if tasks go on ending at the same rate; never negative, `nil` while unknown.
    public var remaining: Duration? {
        guard let total, done > 0 else { return nil }
        let left = Int128(max(total, done) - done)
        let (attoseconds, overflow) = (elapsed / done).attoseconds.multipliedReportingOverflow(by: left)
        // An input as good as endless, 0..<Int.max, would take longer than a duration holds.
        let longest = Duration.seconds(Int64.max)
        return overflow ? longest : min(max(Duration(attoseconds: attoseconds), .zero), longest)
    }
}
