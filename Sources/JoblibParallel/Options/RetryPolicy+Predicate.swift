extension RetryPolicy {
    /// A task that failed gets further attempts where the predicate says so.
    ///
    /// ```swift
    /// Parallel(jobs: 16, retries: .times(3, where: { $0.underlying is NetworkError }))
    /// ```
    ///
    /// - Parameters:
    ///   - count: How many further attempts a task gets; a negative number is refused, with a ``JoblibError``, when a
    ///     call is made.
    ///   - backoff: How long to wait before each; not at all by default.
    ///   - predicate: Whether to try again after this failure; called on any thread.
    public static func times(
        _ count: Int,
        backoff: Backoff = .none,
        where predicate: @escaping @Sendable (TaskFailure) -> Bool
    ) -> Self {
        Self(count: count, backoff: backoff, reasons: []) { failure in
            (failure as? TaskFailure).map(predicate) ?? false
        }
    }

    /// A task that failed gets further attempts where the predicate says so, each after the same delay.
    ///
    /// - Parameters:
    ///   - count: How many further attempts a task gets; a negative number is refused, with a ``JoblibError``, when a
    ///     call is made.
    ///   - delay: How long to wait before each, as ``Backoff/constant(_:)``.
    ///   - predicate: Whether to try again after this failure; called on any thread.
    public static func times(
        _ count: Int,
        backoff delay: Duration,
        where predicate: @escaping @Sendable (TaskFailure) -> Bool
    ) -> Self {
        times(count, backoff: .constant(delay), where: predicate)
    }

    /// Whether a task gets one more attempt.
    ///
    /// - Parameter failure: How the last attempt, whose number it has from 1, ended.
    package func allowsRetry(after failure: TaskFailure) -> Bool {
        let reason: Reasons =
            switch failure.reason {
            case .crashed, .exited: .crash
            case .timedOut: .timeout
            case .threw: .thrown
            default: []
            }
        return allowsRetry(afterAttempt: failure.attempt, reason: reason, failure: failure)
    }
}
