/// Whether and when a task that failed is tried again, for `retries:`.
///
/// By default only what says nothing about the task itself is tried again: a crash of its worker and a timeout. An
/// error that the task throws is tried again where `on:` has ``Reasons/thrown``.
///
/// ```swift
/// Parallel(jobs: 8, timeout: .seconds(30), retries: .times(3))
/// Parallel(jobs: 16, retries: .times(5, backoff: .exponential(), on: .thrown))
/// ```
public struct RetryPolicy: Sendable {
    package var count: Int
    package var backoff: Backoff
    package var reasons: Reasons
    /// Decides in place of ``reasons`` where it is there; it is given the failure of the task.
    package var predicate: (@Sendable (any Error) -> Bool)?
    /// Not given: what the configuration says, or `none`.
    var isInherited = false

    package init(
        count: Int,
        backoff: Backoff,
        reasons: Reasons,
        predicate: (@Sendable (any Error) -> Bool)? = nil
    ) {
        self.count = count
        self.backoff = backoff
        self.reasons = reasons
        self.predicate = predicate
    }

    /// Every task gets one attempt.
    public static var none: Self { Self(count: 0, backoff: .none, reasons: []) }

    /// What an option is when nobody gives it. Not `nil`: of an optional option, `.none` would mean that.
    @usableFromInline static var inherited: Self {
        var policy = none
        policy.isInherited = true
        return policy
    }

    /// A task that failed gets further attempts, the first of them after the delay that the backoff says.
    ///
    /// - Parameters:
    ///   - count: How many further attempts a task gets; a negative number is refused, with a ``JoblibError``, when a
    ///     call is made.
    ///   - backoff: How long to wait before each; not at all by default.
    ///   - reasons: What to try again; a crash and a timeout by default.
    public static func times(
        _ count: Int,
        backoff: Backoff = .none,
        on reasons: Reasons = [.crash, .timeout]
    ) -> Self {
        Self(count: count, backoff: backoff, reasons: reasons)
    }

    /// A task that failed gets further attempts, each after the same delay.
    ///
    /// ```swift
    /// Parallel(jobs: 8, retries: .times(3, backoff: .seconds(1)))
    /// ```
    ///
    /// - Parameters:
    ///   - count: How many further attempts a task gets; a negative number is refused, with a ``JoblibError``, when a
    ///     call is made.
    ///   - delay: How long to wait before each, as ``Backoff/constant(_:)``.
    ///   - reasons: What to try again; a crash and a timeout by default.
    public static func times(
        _ count: Int,
        backoff delay: Duration,
        on reasons: Reasons = [.crash, .timeout]
    ) -> Self {
        Self(count: count, backoff: .constant(delay), reasons: reasons)
    }

    /// Refuses numbers that mean nothing.
    package func validate() throws(JoblibError) {
        guard count >= 0 else { throw .negativeRetries(count) }
        try backoff.validate()
    }

    /// Whether a task gets one more attempt.
    ///
    /// - Parameters:
    ///   - attempt: The attempt that failed, from 1.
    ///   - reason: Why it failed; empty for a reason that has no name here and is never tried again by itself.
    ///   - failure: The failure, for the predicate.
    package func allowsRetry(afterAttempt attempt: Int, reason: Reasons, failure: any Error) -> Bool {
        guard attempt <= count else { return false }
        if let predicate { return predicate(failure) }
        return !reasons.isDisjoint(with: reason)
    }

    /// How long to wait before an attempt.
    ///
    /// - Parameters:
    ///   - attempt: The attempt to come: 2 is the first retry. There is no delay before the first attempt.
    ///   - unit: A random number from 0 up to, not including, 1, for the jitter.
    package func delay(beforeAttempt attempt: Int, unit: Double) -> Duration {
        attempt < 2 ? .zero : backoff.delay(beforeRetry: attempt - 1, unit: unit)
    }
}
