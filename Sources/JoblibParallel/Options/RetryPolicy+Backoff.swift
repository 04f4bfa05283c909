extension RetryPolicy {
    /// How long to wait before a task is tried again.
    ///
    /// ```swift
    /// .times(5, backoff: .constant(.seconds(1)))
    /// .times(5, backoff: .exponential(initial: .milliseconds(200), maximum: .seconds(10)))
    /// ```
    public struct Backoff: Sendable, Hashable {
        private enum Form: Hashable {
            case none
            case constant(Duration)
            case exponential(initial: Duration, factor: Double, maximum: Duration, jitter: Double)
        }

        private var form: Form

        /// Try again at once.
        public static var none: Self { Self(form: .none) }

        /// The same delay before every further attempt.
        ///
        /// - Parameter delay: The delay; a negative one is refused, with a ``JoblibError``, when a call is made.
        public static func constant(_ delay: Duration) -> Self { Self(form: .constant(delay)) }

        /// A delay that grows with every further attempt, up to a limit.
        ///
        /// Numbers that mean nothing are refused, with a ``JoblibError``, when a call is made.
        ///
        /// - Parameters:
        ///   - initial: The delay before the first further attempt.
        ///   - factor: What each delay is multiplied with for the next one, at least 1.
        ///   - maximum: No delay is longer than this.
        ///   - jitter: From 0 to 1: how much of each delay may be taken off at random, so that tasks that failed
        ///     together are not tried again together. With 0.5 a delay is between half and all of it.
        public static func exponential(
            initial: Duration = .milliseconds(100),
            factor: Double = 2,
            maximum: Duration = .seconds(30),
            jitter: Double = 0.5
        ) -> Self {
            Self(form: .exponential(initial: initial, factor: factor, maximum: maximum, jitter: jitter))
        }

        func validate() throws(JoblibError) {
            switch form {
            case .none:
                break
            case .constant(let delay):
                guard delay >= .zero else { throw .invalidBackoff("delay cannot be negative, got: \(delay)") }
            case .exponential(let initial, let factor, let maximum, let jitter):
                guard initial >= .zero else {
                    throw .invalidBackoff("initial delay cannot be negative, got: \(initial)")
                }
                guard factor >= 1, factor.isFinite else {
                    throw .invalidBackoff("factor must be 1 or more, got: \(factor)")
                }
                guard maximum >= initial else {
                    throw .invalidBackoff("maximum must be the initial delay or longer, got: \(maximum)")
                }
                guard (0...1).contains(jitter) else {
                    throw .invalidBackoff("jitter must be from 0 to 1, got: \(jitter)")
                }
            }
        }

        /// - Parameters:
        ///   - retry: 1 for the first further attempt.
        ///   - unit: A random number in 0..<1.
        func delay(beforeRetry retry: Int, unit: Double) -> Duration {
            switch form {
            case .none:
                return .zero
            case .constant(let delay):
                return delay
            case .exponential(let initial, let factor, let maximum, let jitter):
                let seconds = min(initial / .seconds(1) * Self.power(factor, retry - 1), maximum / .seconds(1))
                let delay = seconds * (1 - jitter * unit)
                // Not a number only where a first delay of zero met an infinite power; and a Duration made of too
                // many seconds would trap, which no one could wait for anyway.
                return delay > 0 ? .seconds(min(delay, 1e12)) : .zero
            }
        }

        // In as many steps as the exponent has bits: attempts may be many.
        private static func power(_ base: Double, _ exponent: Int) -> Double {
            var (value, square, rest) = (1.0, base, exponent)
            while rest > 0 {
                if rest & 1 == 1 { value *= square }
                square *= square
                rest >>= 1
            }
            return value
        }
    }
}
